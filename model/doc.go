// Package model says what a children's social care outcomes contract is made
// of: who is referred, how they move between places to live with and without
// the programme, what the contract pays and what care costs.
//
// # One value
//
// A [Programme] is everything that a run needs, as plain data. Build one in
// Go, or read one from a file with package scenario; change it by changing its
// fields. Everything that works on programmes takes this one type: package
// expect gives its exact expectation, package montecarlo simulates it, package
// scenario edits it.
//
// # A child's life
//
// A child belongs to one [Cohort] and one [Commissioner] and is referred in
// some week of the programme. From then on the child is in one state for the
// whole of each week and moves between weeks.
//
//   - The background, [Programme.BackgroundOf], is how the cohort's children
//     move without the programme: the common table with the cohort's
//     overrides, move by move.
//   - Lag weeks after referral, a child who is in the start state enters the
//     planned state with the start probability. That happens in the
//     intervention arm only. While tracked, the planned state has the moves of
//     [Cohort.Failure]; afterwards it moves as its parent does.
//   - A child who does not start lives the same life in both arms, so that
//     nothing is avoided.
//   - On the 18th birthday everyone leaves care, in both arms: see [Ages].
//
// Moves out of a state are a markov.Row: pieces that hold for some weeks since
// referral and some weeks in the state. What is left of the probability stays.
//
// # Weeks, quarters, years
//
// Week k of a programme is the seven days from Start + 7k. It belongs to the
// calendar quarter and the financial year (April to March) that hold its last
// day. See package calendar.
//
// # From counts to money
//
// Runs end in contract.Counts: weeks lived and units earned, by name of
// cohort, commissioner, state, metric and quarter. [Price] turns them into a
// ledger in pence, in the order that package contract sets out. The counts
// remember the [Programme.Rules] under which they were made, so they can be
// priced under another version of the programme as long as only prices differ:
// tariffs, indexation, caps, payers, unit costs, cashable shares. Otherwise the
// error is a [*RulesError] that names what changed.
//
// # Faults
//
// [Programme.Validate] reports everything that is wrong in one go. Each fault
// is a [*Fault] that says where it is, in the words of a programme file, what
// was given and what is allowed.
//
// # What it does not do
//
// Nothing here is random, reads a file or runs anything. A programme has no
// delivery costs, capacity or capital yet. Published figures, sources and the
// register of assumptions travel with a programme to be reported beside its
// figures; no run depends on them.
package model
