//! Every operation of every provider by its name.

#[expect(clippy::too_many_lines, reason = "its answers are of sixty types")]
pub mod appotapay;
pub mod elepay;
#[expect(clippy::too_many_lines, reason = "a resource has up to seventeen operations")]
pub mod univapay;
pub mod zafapay;
