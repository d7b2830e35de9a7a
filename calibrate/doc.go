// Package calibrate compares a model with what really happened.
//
// A model fitted to all the payments that were published agrees with them, and
// that proves nothing. [HoldOut] fits it to the earlier payments only and reports
// how far it then is from the later ones:
//
//	dn2, err := scenario.Open("dn2")
//	fitted, err := calibrate.HoldOut(ctx, dn2, calibrate.Options{
//		Case: "base",
//		To:   calendar.NewQuarter(2022, 4),
//	})
//	for _, q := range fitted.Quarters {
//		fmt.Println(q.Quarter, q.Held, q.Error)
//	}
//
// The fit has one degree of freedom: a multiplier of inputs that the caller
// chooses. By default these are the weekly probabilities that placements fail, in
// every cohort. With [Options].Path it is any number of the programme file, such
// as "cohorts.*.referrals.children". Payments are the central projection, with
// caps applied, so there is no randomness and no seed.
//
// Amounts are cumulative. A quarter-by-quarter error would mostly measure when a
// claim was made rather than what was earned. Only quarters with
// [BacktestQuarter].Held say anything about how well the model predicts.
//
// Published payments come from the programme file. The subpackage indigo reads
// them, for a programme that is new to the library, from exports of the INDIGO
// dataset.
package calibrate
