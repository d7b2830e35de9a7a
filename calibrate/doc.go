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
// An [OriginForecast] is the answer to how far off the model may be: the uncertain inputs held
// to the payments up to the origin (see below), with what had been fitted to later ones
// set free, and a range over rates, chance and what claims stray beyond it. [Horizon] has
// error and coverage by how many quarters ahead.
//
// Of a [Fit] errors are of the payments held out, alone: none of those fitted to is in
// them. The central projection of the fitted model, with caps, is what is compared. The
// range beside a quarter is chance alone at the fitted rates; it leaves out what is not
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
// # A forecast from today
//
// [Reforecast] goes on from a day: quarters that have ended are actual, and the others are
// forecast.
//
//	o, err := calibrate.Reforecast(ctx, base, calibrate.ReforecastOptions{
//		AsOf: calendar.NewDate(2022, 6, 30),
//	})
//
// Rates are held to what was paid by Condition. So are the children of the day, who are
// not observed. Many quarters are not to be met by a simulation that happens to have paid
// the same: weights by likelihood would leave a handful of replications. Instead each
// replication is moved, from what it was paid to what was paid in fact. Let x be what it
// counts of something in a later quarter, p what it is paid for the quarters that have
// ended, and a what was paid for them. Under a joint normal law
//
//	x + Cov(x, p) Var(p)⁻¹ (a - p)
//
// is a draw of x given a (Journel and Huijbregts, "Mining Geostatistics" (1978), chapter
// VII, after Matheron; Wilson and others, "Pathwise conditioning of Gaussian processes",
// Journal of Machine Learning Research 22 (2021)). Sums over many children nearly have
// such a law. The covariances are those of children's lives, from the differences between
// two replications under each draw. Every later quarter has an error of its own, too, as
// large as those to date say. That all of this is right is tested: of synthetic programmes
// with a known truth, what happens later has a uniform rank among what is forecast (Talts
// and others, "Validating Bayesian inference algorithms with simulation-based
// calibration", arXiv:1804.06788 (2018)).
//
// Where claims are known by council, p and a have a row for each council, so that the
// children in placement go on with the council that claims for them; those who come later
// are shared as in the file.
//
// What was paid takes the place of what is lived, so that it uses up caps in £ and each
// payer's share. Where today's children are known ([claims.ReadCaseload]), they go on from
// how long they have been in placement, with what is left to them of every window, in the
// place of those that were lived; what children avoid whose placement has ended by the day
// is then not in what is ahead.
//
//	reforecast.go   the forecast, and what it is asked for
//	actuals.go      claims, and which quarters stand
//	carry_on.go     replications moved to what was paid
//	caseload.go     today's children
//	outlook.go      what the replications come to
//	condition.go    the posterior, and what it is asked for
//	sampler.go      draws, weights, steps, resampling
//	process.go      the likelihood: chance in lives, and errors of quarters
//	learned.go      what payments say of each input
//	forecast.go     what is said from the payments up to an origin
//	free.go         what had been fitted to later payments is set free
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
