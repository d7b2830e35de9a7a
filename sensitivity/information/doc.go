// Package information says what it is worth to know more before a choice is made.
// It knows nothing of programmes: it takes options, what each pays in many draws of
// what is uncertain, and the values drawn.
//
// Whoever must choose now takes the option with the highest expected payoff. With
// perfect information one would take the best option of each draw, and what that is
// worth more on average is the expected value of perfect information. Of one input, or
// a group of them, it is the value of partial perfect information; of the results of a
// study, the value of sample information. None of them is above the first.
//
// # Estimates
//
// The payoff of each option is regressed on what would be learned, and the choice is
// made by what is fitted: Strong, Oakley and Brennan, "Estimating multiparameter
// partial expected value of perfect information from a probabilistic sensitivity
// analysis sample", Medical Decision Making 2014;34:311-326; for studies, on a summary
// of their simulated results, Strong, Oakley, Brennan and Breeze, "Estimating the
// expected value of sample information using the probabilistic sensitivity analysis
// sample", Medical Decision Making 2015;35:570-583. The regression is least squares on
// natural cubic splines and, for groups, products of pairs (see basis.go).
//
// # How far to trust them
//
// Such an estimate errs upwards, because a fit follows chance too. Each therefore has
// three things beside it: a standard error (a jackknife over twenty blocks of draws),
// the value of choosing by fits that did not see the draw (which errs downwards), and
// the estimate for the same columns given to other draws, whose true value is zero.
// [Worth.Settled] says whether the first two agree.
//
// Whoever knows more is never worse off, so that no estimate is reported above that of
// a group which contains it, nor above that of perfect information: see
// [Worth.Estimate].
package information
