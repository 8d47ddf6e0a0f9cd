//! Two requests at once.

use std::sync::{Arc, Mutex};

use super::asking::{Outcome, ask, same};
use super::reference::Ask;
use super::run::Machine;

impl Machine {
    /// Two requests at once are answered as if one had come after the other.
    pub(super) fn race(&mut self, first: &Ask, rival: &Ask) -> Outcome {
        let line = |ask: &Ask| format!("{} {} {}", ask.account, ask.operation, ask.input);
        self.trace.push(format!("at once {}", line(first)));
        self.trace.push(format!("    and {}", line(rival)));
        let answered = Arc::new(Mutex::new(None));
        let (open, asked, put) = (self.open.clone(), rival.clone(), answered.clone());
        self.store.arrange(Box::new(move || {
            let answer = ask(&open, &asked, &asked.input);
            *put.lock().unwrap() = Some(answer);
        }));
        let got = ask(&self.open, first, &first.input)?;
        // A request that writes nothing commits nothing, and then it came first.
        let is_over = answered.lock().unwrap().is_none();
        self.store.give_way();
        let rivals = answered.lock().unwrap().take().unwrap()?;
        let (mine, theirs) = ((first, &got), (rival, &rivals));
        let mut wrong = Vec::new();
        let orders = [[theirs, mine], [mine, theirs]];
        for order in &orders[usize::from(is_over)..] {
            let mut reference = self.reference.clone();
            let answers = order.map(|(asked, got)| {
                let wanted = reference.answer(asked, &got.clone().unwrap_or_default());
                same(&line(asked), got, wanted)
            });
            match answers.into_iter().collect::<Outcome>() {
                Ok(()) => {
                    self.reference = reference;
                    self.hold(first, &got);
                    self.hold(rival, &rivals);
                    self.drain();
                    self.check_records()?;
                    self.look_around(first)?;
                    return self.look_around(rival);
                }
                Err(says) => wrong.push(says),
            }
        }
        Err(wrong.join("\nor, the other way round,\n"))
    }
}
