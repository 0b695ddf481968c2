//! Every operation of every provider by its name.

pub mod appotapay;
pub mod elepay;
pub mod univapay;
pub mod zafapay;
