//! What every provider's builder of clients can be told.

/// The methods of a client's builder that are alike for all providers. The builder holds a
/// [`TransportBuilder`](crate::TransportBuilder) in its field `transport`.
#[doc(hidden)]
#[macro_export]
macro_rules! settings {
    () => {
        /// Sets how long and how large an exchange may be.
        pub fn limits(mut self, limits: $crate::Limits) -> Self {
            self.transport = self.transport.limits(limits);
            self
        }

        /// Sets how connections are made and kept, and through which proxy.
        pub fn network(mut self, network: $crate::Network) -> Self {
            self.transport = self.transport.network(network);
            self
        }

        /// Adds the name of your program, such as `shop/1.2`, to that by which the client introduces
        /// itself.
        pub fn user_agent(mut self, name: &str) -> Self {
            self.transport = self.transport.user_agent(name);
            self
        }

        /// Sets how often and after what wait a call is sent again, where that is safe.
        pub fn retry(mut self, retry: $crate::Retry) -> Self {
            self.transport = self.transport.retry(retry);
            self
        }

        /// Waits, and tells the time, by a clock of your own.
        pub fn clock(mut self, clock: impl $crate::Clock + 'static) -> Self {
            self.transport = self.transport.clock(clock);
            self
        }

        /// Sends through an engine of your own instead of reqwest.
        pub fn engine(mut self, engine: impl $crate::Engine + 'static) -> Self {
            self.transport = self.transport.engine(engine);
            self
        }
    };
}
