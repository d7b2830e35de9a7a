// Package model says what a children's social care outcomes contract is made
// of: who is referred, how they move between places to live with and without
// the programme, what the contract pays and what care costs.
//
// # One value
//
// A [Programme] is everything that a run needs, as plain data. Build one in
// Go, or read one from a file with package scenario; change it by changing its
// fields. Everything that works on programmes takes this one type: package
// scenario reads and edits it, package expect gives its exact expectation, and
// package montecarlo simulates it.
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
// error wraps [ErrOtherRules] and names what changed.
//
// # What it costs to run
//
// [Delivery] is what the programme costs to run and when money moves, [Facility]
// the capital that pays for it until outcomes are paid for, and [Capacity] the
// limit on how many children can start. Capacity decides where children live, so
// it is one of the rules; delivery and capital decide nothing before package
// finance works out cash flows from a ledger.
//
// # Where inputs come from
//
// [Programme.Register] says of every input of a programme file where it stands,
// what it is set to and how far it can be relied on: published, derived or
// assumed, from which source, and set by which case. An input that was chosen to
// give a result says so in [Input.SolvedFor]. Published figures and outcomes that
// are recorded and never paid travel with the programme too, to be shown beside
// the model's figures. No run depends on any of this.
//
// # Faults
//
// [Programme.Validate] reports everything that is wrong in one go. Each fault
// is a [*Fault] that says where it is, in the words of a programme file, what
// was given and what is allowed. Package scenario adds file, line and column.
//
// # JSON
//
// A programme is written to JSON whole and read back whole, triggers included:
// what json.Unmarshal makes of json.Marshal has the same [Programme.Fingerprint]
// and gives the same figures. Amounts are strings, so that no digit is lost.
//
// # What it does not do
//
// Nothing here is random, reads a file or runs anything.
package model
