//! What was sent before, and may be sent again.

use super::*;

#[tokio::test]
async fn after_an_outage_it_is_looked_since_the_intent_was_begun() {
    let journal = DiskJournal::in_memory();
    let mut world = World::new(&journal, "A-1");
    assert!(world.end_after(2, Fate::AnswerLost).await.is_none());
    world.time += Duration::from_secs(3600);
    let told = world.go(Fate::Answered).await;
    assert!(matches!(told, Ok(Carried::Settled(Settled::Found(1)))), "{told:?}");
    assert_eq!(world.payments.keys().len(), 1);
}
