//! From the bytes of an answer to a value.

use std::fmt;

use serde::Deserialize;

/// Marks the error messages that hold nothing but the path to the member that failed.
///
/// serde's own messages quote the value they could not read, so only messages of ours are ever passed on.
pub(crate) const PATH_MARK: &str = "kessai-path:";

/// A type that an answer can be read as.
///
/// The macros implement it, so that the reading code is compiled once, in the crate that has the type, rather than in
/// every program that calls it.
pub trait Decode: Sized {
    /// Reads the body of an answer.
    ///
    /// # Errors
    ///
    /// If the body is not JSON of this shape.
    fn decode(body: &[u8]) -> Result<Self, Unreadable>;
}

/// The answer of an operation that has none.
impl Decode for () {
    fn decode(_: &[u8]) -> Result<Self, Unreadable> {
        Ok(())
    }
}

/// A body that does not read as what it should be. It names the member that failed, never its value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unreadable {
    path: Option<String>,
}

impl Unreadable {
    /// The member that could not be read, such as `cardInfo.expMonth`; `None` if the body is not JSON at all.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "`{path}` does not read"),
            None => f.write_str("not JSON of the expected shape"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads `body` as a `T`.
///
/// # Errors
///
/// If the body is not JSON of this shape.
pub fn decode<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, Unreadable> {
    // Checking UTF-8 once and reading text is a sixth faster than reading bytes.
    let text = std::str::from_utf8(body).map_err(|_| Unreadable { path: None })?;
    serde_json::from_str(text).map_err(|error| Unreadable { path: path_of(&error) })
}

/// The path in an error of ours; nothing of an error of serde's.
fn path_of(error: &serde_json::Error) -> Option<String> {
    let message = error.to_string();
    let path = message.strip_prefix(PATH_MARK)?;
    // serde_json adds the position in the text.
    Some(path.split(" at line ").next().unwrap_or(path).to_owned())
}
