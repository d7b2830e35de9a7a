package lives_test

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Simulate DN2 a hundred times, without any prices: how many weeks are payable,
// and how many weeks in residential care are avoided. Then do it again for
// step-down placements that fail half as often.
func Example() {
	document, err := scenario.Open("dn2")
	if err != nil {
		fmt.Println(err)
		return
	}
	base, err := document.Version("base")
	if err != nil {
		fmt.Println(err)
		return
	}
	milder, err := base.With("", scenario.Times("cohorts.step-down.failure.hazard", decimal.RequireFromString("0.5")))
	if err != nil {
		fmt.Println(err)
		return
	}
	tables, err := lives.NewTables(base.Programme)
	if err != nil {
		fmt.Println(err)
		return
	}
	simulator := tables.Simulator(lives.Jump)
	report := func(name string) {
		const replications = 100
		payable, avoided := int64(0), int64(0)
		for i := range replications {
			tally := simulator.Replicate(1, i)
			for _, units := range tally.Units {
				payable += units
			}
			avoided += residential(tally, contract.Counterfactual) - residential(tally, contract.Intervention)
		}
		fmt.Printf("%s: %d payable weeks, %d weeks of residential care avoided\n", name, payable/replications, avoided/replications)
	}
	report("base")

	if err := tables.Redraw(milder.Programme); err != nil {
		fmt.Println(err)
		return
	}
	report("step-down placements that fail half as often")
	// Output:
	// base: 13817 payable weeks, 2688 weeks of residential care avoided
	// step-down placements that fail half as often: 14194 payable weeks, 2916 weeks of residential care avoided
}

// residential is the weeks in residential care in the tracking window.
func residential(tally *contract.Tally, arm contract.Arm) int64 {
	sum, state := int64(0), slices.Index(tally.Shape.States, "residential")
	for cohort := range tally.Shape.Cohorts {
		for commissioner := range tally.Shape.Commissioners {
			for _, weeks := range tally.WeeksIn(contract.Tracking, arm, cohort, commissioner, state) {
				sum += weeks
			}
		}
	}
	return sum
}
