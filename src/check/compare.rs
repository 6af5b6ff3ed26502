//! The translations of one article, each checked beside its standard.

use super::age;
use super::collect::{Collector, Side};
use super::once::Once;
use super::origin::{self, Found, Verdict};
use super::pair::{Pair, has_words, may_be_there};
use super::standard::Standard;
use super::suppress::Suppressions;
use super::{Checker, Member, Outcome, reading};
use crate::align::Bitext;
use crate::diagnostic::{Basis, Severity};
use crate::project::Article;
use crate::revision::{Behind, Orphaned, Standing};
use crate::rule::{Finding, Kind, Subject};
use crate::settings::ActiveRule;
use crate::site::Site;
use crate::target::Resolver;

/// The check of one article.
pub(super) struct Run<'o, 'a> {
    pub(super) checker: &'a Checker,
    pub(super) once: &'o Once<'a>,
    pub(super) article: &'a Article,
    pub(super) collector: Collector<'a>,
    pub(super) outcome: Outcome,
}

/// What is to be told of one translation.
pub(super) struct Judged<'a> {
    pub(super) member: &'a Member<'a>,
    pub(super) standard: Standard<'a>,
    /// Beside the version that it was made from.
    pub(super) own: Vec<Found>,
    /// Beside the newest version.
    pub(super) beside_newest: Vec<Found>,
    pub(super) behind: Option<Behind>,
}

impl<'a> Run<'_, 'a> {
    /// Checks the translations that are asked for.
    pub(super) fn check(&mut self, members: &'a [Member<'a>], standards: Vec<Standard<'a>>) {
        let checker = self.checker;
        let is_wanted = |member: &Member<'_>| member.is_asked_for && checker.wants(member.locale.as_ref());
        if !members.iter().any(is_wanted) {
            return;
        }
        // What nobody asked for is judged only where it helps to judge the others.
        let pairs = members.iter().zip(standards);
        let pairs = pairs.filter(|(member, standard)| is_wanted(member) || standard.is_found_out());
        let mut judged: Vec<Judged<'a>> = pairs.map(|(member, standard)| self.judge(member, standard)).collect();
        age::set_apart(&mut judged);
        judged.into_iter().filter(|one| is_wanted(one.member)).for_each(|one| self.tell(one));
    }

    /// Decides whose each difference is.
    fn judge(&self, member: &'a Member<'a>, mut standard: Standard<'a>) -> Judged<'a> {
        if member.document.source.defect().is_some() {
            standard = Standard { right: None, newest: None, aligned: None, ..standard };
        }
        let path = &self.article.translations[member.text].path;
        let around = self.checker.pages.as_ref().map(|pages| pages.around(self.article, path, member.locale.as_ref()));
        let site = around.as_ref().map(|around| around as &dyn Site);
        let peers = standard.peers.clone();
        let pair =
            Pair { run: self, member, languages: &member.languages(self.checker), site, peers: peers.as_deref() };
        let mut own = pair.beside_right(&mut standard);
        pair.hear_others(&mut own, &standard);
        let newest = standard.newest.map(|side| pair.bitext(side.document, side.basis));
        let mut verdict = match &newest {
            Some(newest) => self.weigh(member, &standard, own, newest),
            None => Verdict { own: own.found, ..Verdict::default() },
        };
        let older = pair.take_older(&mut verdict.own, &standard);
        verdict.changes.extend(age::as_changes(&older, &member.settings.rules, &standard));
        let behind = pair.behind(&standard, newest.as_ref(), verdict.changes);
        Judged { member, standard, own: verdict.own, beside_newest: verdict.beside_newest, behind }
    }

    fn weigh(&self, member: &Member<'_>, standard: &Standard<'_>, own: origin::Beside, newest: &Bitext<'_>) -> Verdict {
        let rules = member.rules(self.checker);
        let mut now = origin::run_all(rules, newest);
        let is_cohort = standard.right.is_some_and(|side| side.basis == Basis::Cohort);
        now.is_rewritten = !now.is_telling && standard.newest_explains && !is_cohort;
        now.is_telling &= standard.newest_explains;
        let is_on_disk = standard.newest.is_some_and(|side| side.is_on_disk);
        let is_there = |finding: &Finding| match (standard.newest, standard.right) {
            (Some(_), Some(_)) if is_cohort => may_be_there(finding),
            (Some(newest), Some(right)) => has_words(newest.document, right, finding),
            _ => false,
        };
        Verdict::new(rules, own, now, is_cohort && is_on_disk, is_there)
    }

    /// Tells what one translation came to.
    fn tell(&mut self, judged: Judged<'a>) {
        let Judged { member, standard, mut own, beside_newest, behind } = judged;
        self.outcome.translations += 1;
        self.outcome.notices.extend(reading::unreadable(member.document.source));
        let languages = member.languages(self.checker);
        let resolver = Resolver::new(&member.settings.facts, &languages, &self.article.name);
        let resolver = resolver.with_memo(&self.once.targets);
        let mut alone = Bitext::alone(member.document, resolver);
        let orphaned = self.checker.orphaned(self.article);
        if let Some(orphaned) = &orphaned {
            for found in &mut own {
                weigh_less(found, &member.settings.rules, orphaned);
            }
        }
        alone.standing = Standing {
            pin: standard.pin.or(member.pin()).map(|pin| pin.span),
            // Behind what is gone nobody is.
            behind: behind.filter(|_| orphaned.is_none()),
            misfit: standard.misfit,
            orphaned,
            needless: Vec::new(),
        };
        let standing = origin::run(member.rules(self.checker), &alone, |kind| kind == Kind::Standing).found;
        let cap = standard.cap.unwrap_or(Severity::Error);
        let mut suppressions = Suppressions::of(member.document);
        let any = standard.newest.or(standard.right);
        self.take(member, own, standard.right, cap, &mut suppressions);
        self.take(member, beside_newest, standard.newest, Severity::Error, &mut suppressions);
        self.take(member, standing, any, Severity::Error, &mut suppressions);
        let rules = &member.settings.rules;
        // Of origins that nobody asked for nothing is known.
        let ran = |id: &str| self.checker.origins.is_empty() && rules.iter().any(|rule| *rule.id == *id);
        let is_known = |id: &str| self.checker.settings.config().rules_known().any(|rule| *rule.id == *id);
        alone.standing.needless = suppressions.needless(ran, is_known);
        let needless = origin::run(member.rules(self.checker), &alone, |kind| kind == Kind::Suppressions).found;
        self.take(member, needless, any, Severity::Error, &mut suppressions);
    }

    fn take(
        &mut self,
        member: &'a Member<'a>,
        found: Vec<Found>,
        side: Option<Side<'a>>,
        cap: Severity,
        suppressions: &mut Suppressions,
    ) {
        for one in found {
            let rule = &member.settings.rules[one.rule];
            let cap = if matches!(rule.kind, Kind::Comparative(_)) { cap } else { Severity::Error };
            let reason = suppressions.reason(&rule.id, one.finding.span);
            self.collector.take(rule, one.finding, member, (side, cap), reason);
        }
    }
}

/// What is gone from the reference is told as such, and hardly mended in other ways; what a language wrote by itself may
/// quote whom it likes.
fn weigh_less(found: &mut Found, rules: &[ActiveRule], orphaned: &Orphaned) {
    let is_about_words = rules[found.rule].kind.subject() == Subject::Words;
    if is_about_words || (!orphaned.was_never_there && orphaned.moved_to.is_none()) {
        found.finding.minor();
    }
}
