package calibrate_test

import (
	"context"
	"fmt"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Fit DN2's failure rates to the payments up to December 2022 and see how far
// the model is from those up to June 2024, which it has not seen.
func Example() {
	dn2, err := scenario.Open("dn2")
	if err != nil {
		fmt.Println(err)
		return
	}
	base, err := dn2.Version("base")
	if err != nil {
		fmt.Println(err)
		return
	}
	fitted, err := calibrate.HoldOut(context.Background(), base, calibrate.Options{To: calendar.NewQuarter(2022, 4)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("failure rates × %.2f\n", fitted.Multiplier)
	for _, q := range fitted.Quarters {
		if q.Quarter == calendar.NewQuarter(2024, 2) {
			fmt.Printf("to %s: paid £%.2fm, modelled £%.2fm, error %+.1f%%\n", q.Quarter, q.Actual/1e6, q.Modelled/1e6, 100*(*q.Error))
		}
	}
	// Output:
	// failure rates × 0.90
	// to 2024Q2: paid £3.71m, modelled £3.80m, error +2.6%
}
