//! One line of a file, cropped around a marked place.

use std::ops::Range;

use super::words::{char_width, push_visible};

/// A part of a line that fits a terminal, with the mark as bytes of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cropped {
    pub(super) text: String,
    pub(super) mark: Range<usize>,
}

/// How much room there is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Columns for the line.
    pub(super) columns: usize,
    /// Columns that the label wants to the right of the middle of the mark.
    pub(super) label: usize,
}

/// What is shown before a mark that is wider than the room.
const LEAD: usize = 8;
/// What should be seen after the mark before the start of the line is given up.
const TAIL: usize = 4;

/// The part of `line` around `mark` (bytes of it) that fits the room, made visible.
pub(super) fn crop(line: &str, mark: Range<usize>, room: Room) -> Cropped {
    let cells = Cells::near(line, mark, room.columns);
    let first = cells.at_column(cells.first_column(room));
    cells.cut(first, room.columns)
}

/// The characters near the mark, as they are shown. A line may be megabytes long: the rest is not looked at.
struct Cells {
    chars: Vec<char>,
    /// The column where each character starts, and one more: the width of all.
    columns: Vec<usize>,
    mark: Range<usize>,
    is_cut_before: bool,
    is_cut_after: bool,
}

impl Cells {
    fn near(line: &str, mark: Range<usize>, columns: usize) -> Self {
        // Characters without a width count as well, so this is more than is shown.
        let most = 4 * columns;
        let before = &line[..mark.start];
        let start = before.char_indices().rev().nth(most).map_or(0, |(at, char)| at + char.len_utf8());
        let after = &line[mark.start..];
        let end = after.char_indices().nth(most).map_or(line.len(), |(at, _)| mark.start + at);
        let mut chars = shown(&line[start..mark.start]);
        let first = chars.len();
        chars.extend(shown(&line[mark.start..mark.end.min(end)]));
        let last = chars.len();
        chars.extend(shown(&line[mark.end.min(end)..end]));
        let mut sum = 0;
        let mut columns = vec![0];
        columns.extend(chars.iter().map(|char| {
            sum += char_width(*char);
            sum
        }));
        Self { chars, columns, mark: first..last, is_cut_before: start > 0, is_cut_after: end < line.len() }
    }

    fn width(&self) -> usize {
        self.columns[self.chars.len()]
    }

    /// The column to begin with, so that the mark and its label can be seen.
    fn first_column(&self, room: Room) -> usize {
        let (start, end) = (self.columns[self.mark.start], self.columns[self.mark.end]);
        let middle = usize::midpoint(start, end);
        let rightmost = room.columns.saturating_sub(room.label);
        let tail = (self.width() - end).min(TAIL);
        if !self.is_cut_before && end + tail < room.columns && middle <= rightmost {
            return 0;
        }
        if self.is_whole_in(room.columns) && middle <= rightmost {
            return 0;
        }
        if end - start + 2 * LEAD > room.columns {
            return start.saturating_sub(LEAD);
        }
        let centred = start.saturating_sub((room.columns - (end - start)) / 2);
        let filling = if self.is_cut_after { centred } else { (self.width() + 1).saturating_sub(room.columns) };
        centred.min(filling).max((middle + 1).saturating_sub(rightmost)).min(start)
    }

    fn is_whole_in(&self, columns: usize) -> bool {
        !self.is_cut_before && !self.is_cut_after && self.width() <= columns
    }

    /// The first character at or after a column that is not a mark upon another.
    fn at_column(&self, column: usize) -> usize {
        let first = self.columns.partition_point(|at| *at < column).min(self.mark.start);
        let bare = self.chars[first..self.mark.start].iter().position(|char| char_width(*char) > 0);
        if first == 0 { 0 } else { first + bare.unwrap_or_default() }
    }

    fn cut(&self, first: usize, columns: usize) -> Cropped {
        let mut text = String::new();
        let mut used = 0;
        if first > 0 || self.is_cut_before {
            text.push('…');
            used = 1;
        }
        let rest = self.width() - self.columns[first];
        let is_end_shown = !self.is_cut_after && used + rest <= columns;
        let limit = if is_end_shown { columns } else { columns - 1 };
        let mut mark = None..None;
        for (i, char) in self.chars.iter().enumerate().skip(first) {
            if i == self.mark.start {
                mark.start = Some(text.len());
            }
            if i == self.mark.end {
                mark.end = Some(text.len());
            }
            used += char_width(*char);
            if used > limit {
                break;
            }
            text.push(*char);
        }
        if !is_end_shown {
            text.push('…');
        }
        let end = mark.end.unwrap_or(text.len());
        Cropped { mark: mark.start.unwrap_or(end)..end, text }
    }
}

fn shown(text: &str) -> Vec<char> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.chars().collect();
    }
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        push_visible(&mut shown, char);
    }
    shown.chars().collect()
}
