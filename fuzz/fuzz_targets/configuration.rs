#![no_main]

#[path = "../entries.rs"]
mod entries;

thread_local! {
    static FOLDER: tempfile::TempDir = tempfile::tempdir().expect("a folder");
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| FOLDER.with(|folder| entries::configuration(bytes, folder.path())));
