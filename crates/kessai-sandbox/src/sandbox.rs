//! All providers together.

use std::io;

use crate::clock::Clock;

/// Makes the sandbox of one row per provider: what it is, its module and its type.
macro_rules! sandbox {
    ($($(#[$doc:meta])* $name:ident: $provider:ident),* $(,)?) => {
        /// Every provider, each listening on a loopback port of its own.
        ///
        /// Stops serving when dropped.
        #[derive(Debug)]
        pub struct Sandbox {
            clock: Clock,
            $($name: crate::$name::$provider,)*
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
                $(let $name = crate::$name::$provider::start(clock.clone()).await?;)*
                Ok(Self { clock, $($name),* })
            }

            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(&self) -> &crate::$name::$provider {
                    &self.$name
                }
            )*
        }
    };
}

sandbox! {
    /// The fake of elepay.
    elepay: Elepay,
    /// The fake of ZAFA PAY.
    zafapay: Zafapay,
    /// The fake of UnivaPay.
    univapay: Univapay,
    /// The fake of AppotaPay.
    appotapay: Appotapay,
}

impl Sandbox {
    /// The clock that all providers read.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }
}
