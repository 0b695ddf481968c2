//! All providers together.

use std::io;

use crate::clock::Clock;
use crate::elepay::Elepay;
use crate::univapay::Univapay;
use crate::zafapay::Zafapay;

/// Every provider, each listening on a loopback port of its own.
///
/// Stops serving when dropped.
#[derive(Debug)]
pub struct Sandbox {
    clock: Clock,
    elepay: Elepay,
    zafapay: Zafapay,
    univapay: Univapay,
}

impl Sandbox {
    /// Starts every provider on the tokio runtime of the caller.
    ///
    /// # Errors
    ///
    /// If no loopback port can be opened.
    ///
    /// # Panics
    ///
    /// If there is no tokio runtime with I/O enabled.
    pub async fn start() -> io::Result<Self> {
        let clock = Clock::new();
        let elepay = Elepay::start(clock.clone()).await?;
        let zafapay = Zafapay::start(clock.clone()).await?;
        let univapay = Univapay::start(clock.clone()).await?;
        Ok(Self { clock, elepay, zafapay, univapay })
    }

    /// The fake of elepay.
    #[must_use]
    pub fn elepay(&self) -> &Elepay {
        &self.elepay
    }

    /// The fake of ZAFA PAY.
    #[must_use]
    pub fn zafapay(&self) -> &Zafapay {
        &self.zafapay
    }

    /// The fake of UnivaPay.
    #[must_use]
    pub fn univapay(&self) -> &Univapay {
        &self.univapay
    }

    /// The clock that all providers read.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }
}
