// Package calibrate compares a model with what really happened.
//
// A model fitted to all the payments that were published agrees with them, and
// that proves nothing. [HoldOut] fits it to the payments up to one quarter or
// several, the origins, and reports how far it then is from those after each:
//
//	dn2, err := scenario.Open("dn2")
//	base, err := dn2.Version("base")
//	b, err := calibrate.HoldOut(ctx, base, calibrate.Options{
//		Origins: []calendar.Quarter{calendar.NewQuarter(2022, 4)},
//	})
//	for _, f := range b.Fits {
//		fmt.Println(f.FittedTo, f.Input, f.Multiplier, f.Typical, f.Refused, f.Used)
//	}
//
// # What is fitted
//
// A fit has one degree of freedom: a multiplier of one group of inputs, a candidate.
// Referrals, start probability and failure are always tried, and any number of the
// programme file can be. All that are not refused add up to what was paid, so what
// tells them apart is how well they explain the single quarters, [Fit.Typical], and
// how often chance strays as far, [Fit.Stray]. Where these are alike, payments alone
// cannot say which is right. A multiplier that is not plausible is refused.
//
// # What is reported
//
// Errors are of the payments held out, alone: none of those fitted to is in them. The
// central projection of the fitted model, with caps, is what is compared. The range
// beside a quarter is chance alone at the fitted rates; it leaves out what is not
// known of the rates, and so holds what was paid less often than it says.
//
// [Backtest.Fitted] names the inputs that, by the file, were themselves fitted to
// what is published. An origin before that holds out quarters that they had seen.
//
// A quarter in which a grant stood is no evidence of what was earned, and neither is
// an amount that the file derives from others. They are left out of every fit and
// every error, and reported with their amounts.
//
// # A posterior
//
// [Condition] holds the uncertain inputs of a version to what was paid. Draws of the
// file's laws are weighted by the likelihood of the payments, and resampled so that they
// weigh alike (Bayes' rule by importance sampling: Gelman and others, "Bayesian Data
// Analysis", third edition (2013), sections 10.4 and 11.5):
//
//	p, err := calibrate.Condition(ctx, base, nil, calibrate.ConditionOptions{Seed: 1})
//	for _, in := range p.Inputs {
//		fmt.Println(in.Input.Path, in.Depends, in.Prior, in.Posterior, in.VarianceLeft)
//	}
//
// The likelihood is multivariate normal about the central projection under the draw, in
// every quarter. Its covariance is that of children's lives, simulated under draws that
// are near the posterior, and taken to be in proportion to the roots of both quarters'
// expectations. Real claims stray further from quarter to quarter than lives do, so that
// each quarter has an error of its own beside; its size is unknown, and the payments
// say what it may be ([Posterior.Unexplained]).
//
// Payments say little of most inputs: more children and slower failures pay alike.
// [Learned] has what is left of each input's variance, and [Posterior.Correlations]
// what cannot be told apart. Inputs on which payments do not depend stay as they are. An
// input that somebody has fitted to the same payments has used them once already, and is
// named in [Posterior.Fitted].
//
//	condition.go    the posterior, and what it is asked for
//	sampler.go      draws, weights, steps, resampling
//	process.go      the likelihood: chance in lives, and errors of quarters
//	learned.go      what payments say of each input
//	backtest.go     the result, and which fit is used
//	observed.go     the payments that can be used, and the origins
//	candidates.go   what is multiplied, and how far that is plausible
//	fit.go          the multiplier, the errors, the simulation
//	chance.go       ranges, and how far chance strays
//
// Published payments come from the programme file. The subpackage indigo reads
// them, for a programme that is new to the library, from exports of the INDIGO
// dataset.
package calibrate
