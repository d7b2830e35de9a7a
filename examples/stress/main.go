// Command stress asks of the medium case of the DN2 Children's Services Social
// Impact Bond whether its capital bears what can go wrong: which stress is worst,
// how far the cost of delivery may rise before investors lose money, and how
// large a facility would be enough. What delivery costs is assumed.
//
//	go run ./examples/stress
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func main() {
	if err := stress(os.Stdout, montecarlo.Options{Seed: 1, Replications: 2000}); err != nil {
		log.Fatal(err)
	}
}

func stress(out io.Writer, runs montecarlo.Options) error {
	ctx := context.Background()
	dn2, err := scenario.Open("dn2") // or scenario.Read(name, file)
	if err != nil {
		return err
	}
	medium := sensitivity.Options{Case: "medium", Run: runs}

	// Every stress that fits the programme, with the same children and the
	// same luck as the case as it stands.
	stresses, err := sensitivity.Stress(ctx, dn2, nil, medium)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "On assumed delivery costs, worst first:")
	show := func(name string, s sensitivity.Stressed) {
		fmt.Fprintf(out, "%-41s  facility not enough: %5.1f%%  surplus: £%.0f ± £%.0f\n",
			name, 100*s.Short.Probability, s.Surplus.Mean, s.Surplus.StdErr)
	}
	show("as it stands", stresses.Unstressed)
	for _, s := range stresses.WorstFirst(sensitivity.BySurplus) {
		show(s.Name, s)
	}

	// The other way round: at which cost of delivery do investors lose money
	// with a probability of 10%?
	var cost []sensitivity.Driver
	for _, driver := range sensitivity.Drivers(dn2) {
		if driver.Name == sensitivity.DeliveryCost {
			cost = append(cost, driver)
		}
	}
	reversed, err := sensitivity.Reverse(ctx, dn2, cost, montecarlo.LosesMoney, 0.10, medium)
	if err != nil {
		return err
	}
	for _, answer := range reversed.Answers {
		fmt.Fprintln(out, answer.Text)
	}

	// How large must the facility be?
	p, err := dn2.Programme("medium")
	if err != nil {
		return err
	}
	size, err := sensitivity.Size(ctx, p, 0.95, runs)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "enough with 95%%: £%.0f if receipts are recycled, £%.0f if they are not; today £%.0f\n",
		size.Recycled.Facility, size.Drawn.Facility, *size.Commitment)
	return nil
}
