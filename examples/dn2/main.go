// Command dn2 compares the low, medium and high case of the DN2 Children's
// Services Social Impact Bond: what the councils and the Life Chances Fund pay,
// what care is avoided, and how likely it is that the public purse gains.
//
//	go run ./examples/dn2
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func main() {
	dn2, err := scenario.Open("dn2") // or scenario.Read(name, file)
	if err != nil {
		log.Fatal(err)
	}
	var cases []*model.Programme
	for _, name := range []string{"low", "medium", "high"} {
		p, err := dn2.Programme(name)
		if err != nil {
			log.Fatal(err)
		}
		cases = append(cases, p)
	}
	comparison, err := montecarlo.Compare(context.Background(), cases, "medium", montecarlo.Options{Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range comparison.Results {
		paid, _ := r.Total(montecarlo.Payments, "")
		avoided, _ := r.Total(montecarlo.Avoided, "")
		saves, _ := r.Probability(montecarlo.Saves, "")
		fmt.Printf("%-6s  pays £%.2fm (5%% to 95%%: £%.2fm to £%.2fm), avoids £%.1fm, saves with a probability of %.0f%%\n",
			r.Case, paid.Mean/1e6, paid.Quantiles[0].Value/1e6, paid.Quantiles[4].Value/1e6,
			avoided.Mean/1e6, 100*saves.Probability)
	}
	gain, _ := comparison.Difference("high", montecarlo.NetPublic, "")
	fmt.Printf("high less medium, net public saving: £%.1fm ± £%.2fm (Monte Carlo standard error)\n", gain.Mean/1e6, gain.StdErr/1e6)
	for _, caution := range cases[0].Cautions {
		fmt.Println("Note:", caution)
	}
}
