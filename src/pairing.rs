//! Pairs of two sequences that keep their order: the dynamic programme of Needleman and Wunsch (1970), bounded by a band
//! around the diagonal.

/// Cells beyond which only a band is looked at, so that long pages stay near-linear.
const FULL: usize = 250_000;
/// Half the width of that band.
const BAND: usize = 64;
/// Cost of leaving one unpaired.
pub(crate) const GAP: f32 = -0.4;
/// The score of what cannot be a pair.
pub const NEVER: f32 = -1e9;

/// The pairs, ascending in both, whose scores and whose number are the greatest. `score` is asked for a pair of places;
/// what costs more than leaving both unpaired is none.
pub fn pairs(rows: usize, columns: usize, score: impl Fn(usize, usize) -> f32) -> Vec<(usize, usize)> {
    if rows == 0 || columns == 0 { Vec::new() } else { Table::fill(rows, columns, score).pairs() }
}

/// What happens at a cell.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Pair,
    Missing,
    Extra,
}

/// The steps of the programme, row by row, each row a window around the diagonal.
struct Table {
    rows: usize,
    columns: usize,
    width: usize,
    /// First column of each row's window.
    starts: Vec<usize>,
    steps: Vec<Step>,
}

impl Table {
    /// Weighs every pairing in order of `rows` with `columns`.
    fn fill(rows: usize, columns: usize, score: impl Fn(usize, usize) -> f32) -> Self {
        let full = columns + 1;
        let width = if rows * columns <= FULL { full } else { (2 * BAND + columns / rows).min(full) };
        let start = |row: usize| (row * columns / rows).saturating_sub(width / 2).min(full - width);
        let mut table = Self {
            rows,
            columns,
            width,
            starts: (0..=rows).map(start).collect(),
            steps: vec![Step::Extra; width * (rows + 1)],
        };
        #[expect(clippy::cast_precision_loss, reason = "a window is narrow")]
        let mut above: Vec<f32> = (0..width).map(|column| column as f32 * GAP).collect();
        for row in 1..=rows {
            above = table.fill_row(row, &above, &score);
        }
        table
    }

    fn fill_row(&mut self, row: usize, above: &[f32], score: &impl Fn(usize, usize) -> f32) -> Vec<f32> {
        let (first, first_above) = (self.starts[row], self.starts[row - 1]);
        let up = |column: usize| column.checked_sub(first_above).and_then(|at| above.get(at)).copied().unwrap_or(NEVER);
        let mut sums: Vec<f32> = Vec::with_capacity(self.width);
        for column in first..first + self.width {
            let missing = up(column) + GAP;
            let extra = sums.last().map_or(NEVER, |left| left + GAP);
            let diagonal = column.checked_sub(1).map_or(NEVER, up);
            let pair = if diagonal > NEVER / 2.0 { diagonal + score(row - 1, column - 1) } else { NEVER };
            // Of two equals the first is paired: the later one is the copy.
            let (sum, step) = if pair > missing && pair > extra {
                (pair, Step::Pair)
            } else if missing >= extra {
                (missing, Step::Missing)
            } else {
                (extra, Step::Extra)
            };
            self.steps[row * self.width + column - first] = step;
            sums.push(sum);
        }
        sums
    }

    fn step(&self, row: usize, column: usize) -> Step {
        match column.checked_sub(self.starts[row]) {
            Some(at) if at < self.width => self.steps[row * self.width + at],
            Some(_) => Step::Extra,
            None => Step::Missing,
        }
    }

    /// The best pairing, in order.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let (mut row, mut column) = (self.rows, self.columns);
        let mut pairs = Vec::new();
        while row > 0 && column > 0 {
            match self.step(row, column) {
                Step::Pair => {
                    (row, column) = (row - 1, column - 1);
                    pairs.push((row, column));
                }
                Step::Missing => row -= 1,
                Step::Extra => column -= 1,
            }
        }
        pairs.reverse();
        pairs
    }
}
