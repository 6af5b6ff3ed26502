//! One `git cat-file` process that answers question after question.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStdout, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use super::Oid;
use super::command::{Process, git};

/// How often the process is started: once more where it has died.
const STARTS: u8 = 2;

/// The longest first line of an answer, in bytes; it may repeat the question.
const MAX_LINE: u64 = 1 << 16;

/// `git cat-file --batch` or `--batch-check`, started on first need.
pub(super) struct Batch {
    root: Arc<Path>,
    mode: &'static str,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    running: Option<Running>,
    starts: u8,
}

struct Running {
    process: Process,
    output: BufReader<ChildStdout>,
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) oid: Oid,
    pub(super) is_blob: bool,
    /// In bytes.
    pub(super) size: u64,
}

/// The process died, again and again; nothing is known.
#[derive(Debug)]
pub(super) struct Lost;

impl Batch {
    /// Asks what objects are.
    pub(super) fn of_objects(root: &Arc<Path>) -> Self {
        Self { root: Arc::clone(root), mode: "--batch-check", state: Mutex::default() }
    }

    /// Asks for their contents as well.
    pub(super) fn of_contents(root: &Arc<Path>) -> Self {
        Self { root: Arc::clone(root), mode: "--batch", state: Mutex::default() }
    }

    /// Asks for the object that `name` names, and lets `take` read what follows the answer's first line; `None` where
    /// there is no such object. Names hold no control characters, or they would be several questions.
    pub(super) fn ask<T>(
        &self,
        name: &str,
        take: impl Fn(Object, &mut BufReader<ChildStdout>) -> io::Result<T>,
    ) -> Result<Option<T>, Lost> {
        if name.contains(char::is_control) {
            return Ok(None);
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if state.running.is_none() {
                state.running = Some(self.start(&mut state.starts)?);
            }
            let Some(running) = &mut state.running else { return Err(Lost) };
            match running
                .ask(name)
                .and_then(|object| object.map(|object| take(object, &mut running.output)).transpose())
            {
                Ok(answer) => return Ok(answer),
                // An answer that was read in part would be taken for the next one's.
                Err(_) => state.running = None,
            }
        }
    }

    fn start(&self, starts: &mut u8) -> Result<Running, Lost> {
        if *starts == STARTS {
            return Err(Lost);
        }
        *starts += 1;
        let child = git(&self.root).args(["cat-file", self.mode]).stdin(Stdio::piped()).spawn();
        let mut process = Process(child.map_err(|_| Lost)?);
        let output = process.0.stdout.take().ok_or(Lost)?;
        Ok(Running { process, output: BufReader::new(output) })
    }
}

impl Running {
    fn ask(&mut self, name: &str) -> io::Result<Option<Object>> {
        let input = self.process.0.stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        input.write_all(format!("{name}\n").as_bytes())?;
        let mut line = String::new();
        self.output.by_ref().take(MAX_LINE).read_line(&mut line)?;
        let line = line.strip_suffix('\n').ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(object(line))
    }
}

/// Reads `OID TYPE SIZE`. Anything else (`QUESTION missing`, `QUESTION ambiguous`) has no contents after it.
fn object(line: &str) -> Option<Object> {
    let mut words = line.split(' ');
    let object =
        Object { oid: Oid::parse(words.next()?)?, is_blob: words.next()? == "blob", size: words.next()?.parse().ok()? };
    words.next().is_none().then_some(object)
}

/// Reads the contents of an object, and the line end behind them. Those of more than `limit` bytes and of what is no blob
/// are skipped.
pub(super) fn contents(object: Object, limit: u64, output: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut contents = output.by_ref().take(object.size);
    let wanted = if object.is_blob && object.size <= limit {
        let mut bytes = Vec::new();
        contents.read_to_end(&mut bytes)?;
        Some(bytes)
    } else {
        io::copy(&mut contents, &mut io::sink())?;
        None
    };
    let is_whole = contents.limit() == 0;
    let mut end = [0];
    output.read_exact(&mut end)?;
    if is_whole && end == *b"\n" { Ok(wanted) } else { Err(io::ErrorKind::InvalidData.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::history::tests::sandbox::Repo;

    const OID: &str = "0123456789abcdef0123456789abcdef01234567";

    fn blob(size: u64) -> Object {
        Object { oid: Oid::parse(OID).expect("a name"), is_blob: true, size }
    }

    #[test]
    fn answers_are_read() {
        assert_eq!(object(&format!("{OID} blob 5")), Some(blob(5)));
        assert_eq!(object(&format!("{OID} tree 5")), Some(Object { is_blob: false, ..blob(5) }));
        for line in [
            format!("{OID}^{{commit}} missing"),
            format!("{OID} missing"),
            format!("{OID}:a blob 5 missing"),
            format!("{OID} blob 5 missing"),
            "abcdef1 ambiguous".to_owned(),
            String::new(),
        ] {
            assert_eq!(object(&line), None, "{line}");
        }
    }

    #[test]
    fn contents_are_read_or_skipped_to_the_next_answer() {
        let mut output: &[u8] = b"one\ntwo\nsix\n";
        assert_eq!(contents(blob(3), 3, &mut output).expect("whole"), Some(b"one".to_vec()));
        assert_eq!(contents(blob(3), 2, &mut output).expect("whole"), None);
        assert_eq!(contents(Object { is_blob: false, ..blob(3) }, 3, &mut output).expect("whole"), None);
        assert!(output.is_empty());
        assert!(contents(blob(3), 9, &mut &b"on"[..]).is_err());
        assert!(contents(blob(2), 9, &mut &b"one\n"[..]).is_err());
    }

    #[test]
    fn a_process_that_died_is_started_once_more() {
        let Some(repo) = Repo::new() else { return };
        let commit = repo.put("a.md", "one");
        let batch = Batch::of_contents(&repo.root.as_path().into());
        let ask = || batch.ask(&format!("{commit}:a.md"), |object, output| contents(object, 3, output));
        let kill = || {
            let mut state = batch.state.lock().expect("no panic");
            let process = &mut state.running.as_mut().expect("it runs").process;
            process.0.kill().and_then(|()| process.wait()).expect("it ends");
        };
        for _ in 0..2 {
            assert_eq!(ask().expect("it runs"), Some(Some(b"one".to_vec())));
            kill();
        }
        assert!(ask().is_err());
        assert!(ask().is_err());
    }
}
