//! A provider at its port, the same for every provider.

use std::io;
use std::sync::{Arc, MutexGuard};

use crate::answering::Answering;
use crate::clock::Clock;
use crate::document::Document;
use crate::journal::Entry;
use crate::lever::LeverError;
use crate::loss::Loss;
use crate::provider::Provider;
use crate::serve::Server;

/// A provider that is served on loopback, until this is dropped.
pub(crate) struct Running<P: Provider> {
    answering: Arc<Answering<P>>,
    server: Server,
}

impl<P: Provider> Running<P> {
    pub(crate) async fn start(clock: Clock) -> io::Result<Self> {
        let answering = Arc::new(Answering::new(clock)?);
        let server = Server::start(Arc::clone(&answering)).await?;
        Ok(Self { answering, server })
    }

    pub(crate) fn base_url(&self) -> &str {
        self.server.base_url()
    }

    pub(crate) fn provider(&self) -> &P {
        &self.answering.provider
    }

    pub(crate) fn document(&self) -> &Document {
        &self.answering.document
    }

    /// The state as it is at this moment.
    pub(crate) fn state(&self) -> MutexGuard<'_, P::State> {
        self.answering.state()
    }

    pub(crate) fn journal(&self) -> Vec<Entry> {
        self.answering.journal()
    }

    pub(crate) fn lose(&self, operation: &str, loss: Loss) -> Result<(), LeverError> {
        self.answering.lose(operation, loss)
    }
}

/// Makes the public type of a [`Running`] provider, with what all of them can do.
macro_rules! handle {
    ($(#[$doc:meta])* pub struct $name:ident($provider:ty);) => {
        $(#[$doc])*
        pub struct $name {
            service: $crate::running::Running<$provider>,
        }

        impl $name {
            pub(crate) async fn start(clock: $crate::clock::Clock) -> std::io::Result<Self> {
                Ok(Self { service: $crate::running::Running::start(clock).await? })
            }

            /// Where it listens, such as `http://127.0.0.1:40123`: without a slash at the end, and
            /// without what all paths of a document begin with, such as `/v1`.
            #[must_use]
            pub fn base_url(&self) -> &str {
                self.service.base_url()
            }

            /// Every request so far (the last 100,000 of them), oldest first, whether it was
            /// accepted or refused.
            #[must_use]
            pub fn journal(&self) -> Vec<$crate::journal::Entry> {
                self.service.journal()
            }

            /// Loses the answer to the next request of this operation, such as `create_payment`: it
            /// is acted on, and the connection is closed without an answer. Called twice, the next
            /// two are lost.
            ///
            /// A client that repeats what only reads may get an answer to the repeat.
            ///
            /// # Errors
            ///
            /// If the provider's document has no such operation.
            pub fn lose_next_answer(
                &self,
                operation: &str,
            ) -> Result<(), $crate::lever::LeverError> {
                self.service.lose(operation, $crate::loss::Loss::Answer)
            }

            /// Loses the next request of this operation: the connection is closed, nobody acts on
            /// it, and it is not in the [journal](Self::journal). What a client sees is the same as
            /// with a [lost answer](Self::lose_next_answer).
            ///
            /// # Errors
            ///
            /// If the provider's document has no such operation.
            pub fn lose_next_request(
                &self,
                operation: &str,
            ) -> Result<(), $crate::lever::LeverError> {
                self.service.lose(operation, $crate::loss::Loss::Request)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("base_url", &self.base_url())
                    .finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use handle;
