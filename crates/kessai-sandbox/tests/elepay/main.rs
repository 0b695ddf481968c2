//! The fake of elepay, spoken to over HTTP.

mod calls;
mod charges;
mod http;
mod lists;
mod refunds;
