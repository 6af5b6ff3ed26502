//! Work on every core, wherever it is asked for.
//!
//! What articles share is found by the first that asks, while the others wait for it. Work that is found so must not be
//! given to the pool that checks articles: a thread of that pool, waiting for its part of the work, takes up another
//! article, which waits for the work to end.

use std::cmp::Ordering;
use std::panic::resume_unwind;
use std::thread;

/// What comes of each thing, in order, on threads of their own.
pub(crate) fn map<T: Sync, R: Send>(things: &[T], of: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = rayon::current_num_threads().min(things.len());
    if threads < 2 {
        return things.iter().map(of).collect();
    }
    let of = &of;
    thread::scope(|scope| {
        let parts = things.chunks(things.len().div_ceil(threads));
        let running: Vec<_> = parts.map(|part| scope.spawn(move || part.iter().map(of).collect::<Vec<R>>())).collect();
        running.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

/// Sorts things, of which those that are equal are the same.
pub(crate) fn sort<T: Send>(things: &mut [T], order: impl Fn(&T, &T) -> Ordering + Sync) {
    let threads = rayon::current_num_threads().min(things.len() / 1000);
    if threads > 1 {
        let order = &order;
        thread::scope(|scope| {
            for part in things.chunks_mut(things.len().div_ceil(threads)) {
                scope.spawn(move || part.sort_unstable_by(order));
            }
        });
    }
    // Of parts that are sorted this is a merge.
    things.sort_by(order);
}

#[cfg(test)]
mod tests {
    #[test]
    fn parts_are_merged() {
        let mut things: Vec<usize> = (0..10_000).map(|one| one * 7919 % 10_007).collect();
        super::sort(&mut things, usize::cmp);
        assert!(things.is_sorted());
    }

    #[test]
    fn order_is_kept() {
        let things: Vec<usize> = (0..1000).collect();
        assert_eq!(super::map(&things, |one| one * 2), things.iter().map(|one| one * 2).collect::<Vec<_>>());
        assert!(super::map(&[] as &[usize], |one| *one).is_empty());
    }
}
