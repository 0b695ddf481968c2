//! What happened to a payment, for the examples to tell.

use std::fmt::Display;

/// What happened, told as it happens and once more at the end.
#[derive(Default)]
pub struct Table(Vec<[String; 4]>);

impl Table {
    /// Tells one step, and keeps it.
    pub fn add(&mut self, step: &str, id: &impl Display, amount: &str, status: String) {
        println!("  {step:<9} {id}  {amount}  {status}");
        self.0.push([step.to_owned(), id.to_string(), amount.to_owned(), status]);
    }

    /// Tells all steps.
    pub fn print(&self, currency: &str) {
        let amount = format!("amount ({currency}) or answer");
        println!("\n  {:<9} {:<36} {amount:<26} status", "step", "id");
        println!("  {}", "-".repeat(96));
        for [step, id, amount, status] in &self.0 {
            println!("  {step:<9} {id:<36} {amount:<26} {status}");
        }
    }
}
