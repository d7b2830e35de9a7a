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
