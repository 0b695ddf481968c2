//! How long and how large an exchange may be.

use std::time::Duration;

/// How long and how large one exchange with a provider may be.
///
/// What is read into types may be 128 levels deep; members that no type knows may be as deep as the
/// body is long, because they are kept as text.
///
/// ```
/// use std::time::Duration;
/// use kessai_core::Limits;
///
/// let limits = Limits { attempt: Duration::from_secs(10), ..Limits::default() };
/// assert_eq!(limits.body, 8 * 1024 * 1024);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Limits {
    /// How long connecting may take, with name look-up and TLS. Default: 5 s.
    pub connect: Duration,
    /// How long one attempt may take, from the first step to the last byte of the answer. Keep it
    /// longer than `connect`: when it ends first, nobody can say whether anything was sent.
    /// Default: 30 s.
    pub attempt: Duration,
    /// How long the line may be silent within the body of an answer. Default: 15 s.
    pub silence: Duration,
    /// How large the body of an answer may be, in bytes. Default: 8 MiB.
    pub body: usize,
    /// How large the headers of an answer may be together, in bytes. Default: 64 KiB.
    pub headers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            attempt: Duration::from_secs(30),
            silence: Duration::from_secs(15),
            body: 8 * 1024 * 1024,
            headers: 64 * 1024,
        }
    }
}
