//! The command line of Cognate.

fn main() {}
