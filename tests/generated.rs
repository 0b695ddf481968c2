//! Every operation of every provider by its name.

pub mod elepay;
#[expect(clippy::too_many_lines, reason = "a resource has up to seventeen operations")]
pub mod univapay;
pub mod zafapay;
