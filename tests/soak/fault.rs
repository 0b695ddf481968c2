//! What goes wrong between a client and its provider.

/// What happens to a request.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Fault {
    /// It is lost, and the connection closed or reset.
    Lost,
    /// It arrives much later; the client sees a connection that breaks off.
    Late,
    /// It arrives, and the answer is lost.
    AnswerLost,
    /// It arrives, and half of the answer comes back.
    AnswerCut,
    /// Somebody on the way answers with a page, before or after it arrived.
    BadGateway,
    /// Nobody answers, whether it arrived or not, until the client gives up.
    Silence,
}

/// What is drawn from. Silence costs real time, so it is rarer.
pub const MIX: [Fault; 16] = [
    Fault::Lost,
    Fault::Lost,
    Fault::Lost,
    Fault::Late,
    Fault::Late,
    Fault::Late,
    Fault::AnswerLost,
    Fault::AnswerLost,
    Fault::AnswerLost,
    Fault::AnswerCut,
    Fault::AnswerCut,
    Fault::AnswerCut,
    Fault::BadGateway,
    Fault::BadGateway,
    Fault::BadGateway,
    Fault::Silence,
];
