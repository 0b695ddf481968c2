//! The generator behind kessai's clients, and the house's other chores.
//!
//! A specification passes through stages, values in and values out: [`load`], [`check`], [`plan`],
//! [`mod@seen`], [`normalise`], [`expand`] (where progenitor works), [`shape`], [`mod@print`], [`mod@file`].
//! [`generate`] runs them.

pub mod bundle;
pub mod check;
pub mod coverage;
pub mod demo;
pub mod document;
pub mod examples;
pub mod expand;
pub mod explain;
pub mod file;
pub mod fixture;
pub mod fuzz;
pub mod generate;
pub mod load;
pub mod module;
pub mod names;
pub mod normalise;
pub mod plan;
pub mod print;
pub mod refusal;
pub mod seen;
pub mod shape;
pub mod spelling;
