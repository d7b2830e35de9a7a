// Package markov follows a cohort through the states of a discrete-time
// Markov model, cycle by cycle, and puts values on what it finds.
//
// It can be used alone, in any field: states have whatever names you give them,
// and a cycle is as long as you say, a week for children in care or a year for
// patients on a drug. It gives exact expectations and the exact variance from one
// person to the next, and single lives drawn at random for what only they can say.
//
// # A sketch
//
//	       p, each cycle                p, each cycle
//	home ─────────────────▶ residential ─────────────▶ left care
//	 ▲                           │                     (no row: absorbing)
//	 └───────────────────────────┘
//
// A [Model] names its states, gives each a [Row] of moves, says where the
// cohort starts and for how many cycles to follow it. Only moves are written:
// whoever does not move stays, so staying is never typed and never disagrees
// with the rest of the row. [Model.Trace] returns the share of the cohort in
// each state at every boundary between cycles, and the moves in between.
//
// # Cycles
//
// Cycles are counted from 0. Cycle k lies between boundary k and boundary
// k+1; boundary 0 is the start. Moves written for cycle k happen inside it and
// show at boundary k+1.
//
// # Two clocks
//
// A probability may depend on two clocks: the cycles since the start of the
// path, and the cycles since the present state was entered. The first reads 0
// in cycle 0; the second reads 0 in the first cycle after entry, and for the
// starting cohort may begin later (see Model.AlreadyThere). A Row is made of
// pieces, each in force while both clocks are inside its spans; the pieces
// must tile the two clocks without gap or overlap, and [Row.Validate] names
// the place where they do not.
//
//	markov.Row{ // a placement that breaks down more often in its first 26 weeks
//		{In: markov.Span{To: 26}, Moves: []markov.Move{{To: "residential", Probability: 0.010}}},
//		{In: markov.Span{From: 26}, Moves: []markov.Move{{To: "residential", Probability: 0.004}}},
//	}
//
// The time in a state is carried along by generation, no longer than the row can
// tell generations apart, and never expanded into a chain of tunnel states.
//
// Where one episode runs through several states, as an illness through "sick" and
// "sicker", its clock can go on from one to the next: see Model.SharedClock.
//
// Published figures are seldom weekly probabilities: [WithinCycles],
// [StillThere], [AnnualRate] and [MeanStay] convert them. [LifeTable] and [Weibull]
// return whole rows, [Row.And] puts two side by side, and [Row.HazardRatio] makes one
// faster or slower.
//
// # Stepping
//
// Trace is one use of the stepping core, which others may use for what a trace
// cannot say. A [Chain] is rows made ready, with states by number; it can be
// refilled with other rates. A [Group] is shares of a cohort on a chain. It is
// moved on with Step, divided with Each and Enter, and may carry a count of what
// its members have collected.
//
// # Values, counting and discounting
//
// A [Value] is an amount per cycle in a state, on entering it, or on a move.
// [Trace.Total] adds it up under a [Convention], which fixes two choices that
// alone can move the total of a published model by several per cent:
//
//   - counting: whether a cycle is valued at the states held at its end, at
//     its start, or at the mean of both ([Counting] gives the dates);
//   - discounting: a rate compounded yearly, several times a year or
//     continuously ([Discount]). The model must then say how many cycles make a
//     year.
//
// The convention is part of the result, so no figure is without it, and the
// undiscounted amount always stands beside the discounted one.
//
// # One person
//
// A mean hides how far one life is from another. [Model.PerPerson] gives the exact mean
// and variance of what a person collects, under the same conventions; amounts may
// depend on the time in the state (Value.In). The standard error of a mean over n
// people is the root of the variance ÷ n. [Model.Lives] draws lives: [Lives.Life] is the
// stays of one person, and [Lives.Totals] what each of many collects, for quantiles,
// chances and whatever else has no exact form. A person is a number under a seed, and is
// the same person in two models, so that these can be compared with little chance.
//
// # Faults
//
// Every Validate gathers all the faults it finds with errors.Join, and each says
// where it is and what is allowed. A fault that has a place in a row is a
// [RowError], which also says it in the words of your field. Nothing here panics
// on what a user wrote, and no result is ever NaN.
package markov
