package portfolio_test

import (
	"context"
	"fmt"
	"log"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/portfolio"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Two programmes on the terms of DN2's medium case, of which one starts seven months
// late, in one fund. What placements cost to deliver is taken to turn out alike in
// both.
func Example() {
	d, err := scenario.Open("dn2")
	if err != nil {
		log.Fatal(err)
	}
	var members []portfolio.Member
	for name, text := range map[string]string{"on time": "medium", "late": "medium + start seven months late"} {
		v, err := d.Version(text)
		if err != nil {
			log.Fatal(err)
		}
		members = append(members, portfolio.Member{Name: name, Version: v})
	}
	result, err := portfolio.Run(context.Background(), members, nil, portfolio.Options{
		Options: montecarlo.Options{Replications: 200, Seed: 1},
		Shared:  []model.Path{"delivery.scale"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("Apart £%.1fm, together £%.1fm: pooling saves %.0f%% of the capital, on average.\n",
		result.Apart.Mean/1e6, result.Pooled.Mean/1e6, 100*result.Gain.Mean/result.Apart.Mean)
	// Output:
	// Apart £2.0m, together £1.9m: pooling saves 3% of the capital, on average.
}
