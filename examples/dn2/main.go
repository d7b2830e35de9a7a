// Command dn2 compares the low, medium and high case of the DN2 Children's
// Services Social Impact Bond: what the councils and the Life Chances Fund pay,
// how much cost of care is avoided, and how likely a public saving is.
//
//	go run ./examples/dn2
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func main() {
	dn2, err := scenario.Open("dn2") // or scenario.Read(name, file)
	if err != nil {
		log.Fatal(err)
	}
	var cases []*scenario.Version
	for _, name := range []string{"low", "medium", "high"} {
		v, err := dn2.Version(name) // or "medium + flat tariffs"
		if err != nil {
			log.Fatal(err)
		}
		cases = append(cases, v)
	}
	comparison, err := montecarlo.Compare(context.Background(), cases, "medium", montecarlo.Options{Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range comparison.Results {
		paid, _ := r.Totals.Of(montecarlo.Payments)
		avoided, _ := r.Totals.Of(montecarlo.Avoided)
		saves, _ := r.Probabilities.Of(montecarlo.Saves)
		fmt.Printf("%-6s  pays £%.2fm (5%% to 95%%: £%.2fm to £%.2fm), avoids £%.1fm, saves with a probability of %.0f%%\n",
			r.Version.Name(), paid.Mean/1e6, paid.Quantiles[0].Value/1e6, paid.Quantiles[4].Value/1e6,
			avoided.Mean/1e6, 100*saves.Probability)
	}
	for _, d := range comparison.Differences {
		gain, _ := d.Totals.Of(montecarlo.NetPublic)
		fmt.Printf("%s less %s, net public saving in £m: %.1f ± %.2f (Monte Carlo standard error)\n",
			d.Version, comparison.Against, gain.Mean/1e6, *gain.StdErr/1e6)
	}
	for _, caution := range cases[0].Programme.Cautions {
		fmt.Println("Note:", caution)
	}
}
