package calibrate_test

import (
	"context"
	"fmt"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Fit DN2 to the payments up to December 2022, one group of inputs at a time, and
// see how far the model is from the payments after it.
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
	b, err := calibrate.HoldOut(context.Background(), base, calibrate.Options{
		Origins: []calendar.Quarter{calendar.NewQuarter(2022, 4)},
		Run:     montecarlo.Options{Seed: 1, Replications: 200},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range b.Fits {
		fmt.Printf("%s × %.2f: a typical quarter %.0f%% off, held out: paid £%.2fm, error %+.1f%%\n",
			f.Input, f.Multiplier, 100*f.Typical, f.HeldOut.Actual/1e6, 100**f.HeldOut.Error)
	}
	seen := 0
	for _, in := range b.Fitted {
		if in.FittedTo.After(calendar.NewQuarter(2022, 4).Last()) {
			seen++
		}
	}
	fmt.Printf("%d inputs had seen payments that are held out\n", seen)
	// Output:
	// referrals × 1.00: a typical quarter 8% off, held out: paid £2.59m, error -0.5%
	// start probability × 1.01: a typical quarter 8% off, held out: paid £2.59m, error -0.5%
	// failure × 0.98: a typical quarter 8% off, held out: paid £2.59m, error -0.3%
	// 8 inputs had seen payments that are held out
}

// Hold the uncertain inputs of DN2 to what was paid, and see what that says of the
// number of children and of nothing else.
func ExampleCondition() {
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
	p, err := calibrate.Condition(context.Background(), base, nil, calibrate.ConditionOptions{Seed: 1, Draws: 2000})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, in := range p.Inputs {
		switch in.Input.Path {
		case "uncertain.all numbers of children together.factor", "unit costs.residential":
			fmt.Printf("%s: payments depend on it: %t; %.0f%% of its variance is left\n", in.Input.Path, in.Depends, 100*in.VarianceLeft)
		}
	}
	together := p.Correlations[0]
	fmt.Printf("%s and %s: rank correlation %.1f, and %.1f given what was paid\n", together.Inputs[0], together.Inputs[1], together.Prior, together.Posterior)
	// Output:
	// unit costs.residential: payments depend on it: false; 100% of its variance is left
	// uncertain.all numbers of children together.factor: payments depend on it: true; 65% of its variance is left
	// uncertain.all numbers of children together.factor and uncertain.children in foster stability.factor: rank correlation 0.0, and -0.6 given what was paid
}

// Forecast DN2 from the middle of 2022 on: what was paid by then stands.
func ExampleReforecast() {
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
	o, err := calibrate.Reforecast(context.Background(), base, calibrate.ReforecastOptions{
		AsOf: calendar.NewDate(2022, 6, 30), Seed: 1, Draws: 200,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, q := range o.Quarters[6:9] {
		if q.Actual != nil {
			fmt.Printf("%s: £%.0fk paid\n", q.Quarter, *q.Actual/1000)
		} else {
			fmt.Printf("%s: £%.0fk, 90%% range £%.0fk to £%.0fk\n", q.Quarter, q.Forecast.Mean/1000, q.Forecast.Low/1000, q.Forecast.High/1000)
		}
	}
	// Output:
	// Q1 2022/23: £283k paid
	// Q2 2022/23: £321k, 90% range £264k to £374k
	// Q3 2022/23: £358k, 90% range £295k to £433k
}
