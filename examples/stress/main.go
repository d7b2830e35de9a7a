// Command stress asks whether the capital of the DN2 Children's Services Social
// Impact Bond, in its medium case, is enough for what can go wrong: which stress is
// worst, how far the cost of delivery may rise before investors lose money, and how
// large a facility is needed. What delivery costs is assumed.
//
//	go run ./examples/stress
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"slices"

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
	ctx, options := context.Background(), sensitivity.Options{Run: runs}
	dn2, err := scenario.Open("dn2") // or scenario.Read(name, file)
	if err != nil {
		return err
	}
	medium, err := dn2.Version("medium")
	if err != nil {
		return err
	}

	// Every stress that fits the programme, with the same children and the same
	// random numbers as without stress.
	stresses, err := sensitivity.Stress(ctx, medium, nil, options)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "On assumed delivery costs, worst first:")
	stresses.Unstressed.Name = "without stress"
	for _, s := range append([]sensitivity.Stressed{stresses.Unstressed}, stresses.WorstFirst(sensitivity.BySurplus)...) {
		fmt.Fprintf(out, "%-41s  facility not enough: %5.1f%%  surplus: £%.0f ± £%.0f\n",
			s.Name, 100*s.Short.Probability, s.Surplus.Mean, *s.Surplus.StdErr)
	}

	// The other way round: at which cost of delivery do investors lose money
	// with a probability of 10%?
	cost := slices.DeleteFunc(sensitivity.Drivers(dn2), func(d sensitivity.Driver) bool { return d.Name != sensitivity.DeliveryCost })
	reversed, err := sensitivity.Reverse(ctx, medium, cost, montecarlo.LosesMoney, 0.10, options)
	if err != nil {
		return err
	}
	for _, answer := range reversed.Answers {
		fmt.Fprintln(out, answer.Text)
	}

	// How large must the facility be?
	size, err := sensitivity.Size(ctx, medium, 0.95, runs)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "facility needed for 95%% confidence: £%.0f if receipts are recycled, £%.0f if they are not; today £%.0f\n",
		size.Recycled.Facility, size.Drawn.Facility, *size.Commitment)
	return nil
}
