package montecarlo_test

import (
	"bytes"
	"context"
	"fmt"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Compare two cases of DN2: what is paid, and what the better case is worth.
func Example() {
	dn2, err := scenario.Open("dn2")
	if err != nil {
		fmt.Println(err)
		return
	}
	var cases []*scenario.Version
	for _, name := range []string{"medium", "high"} {
		v, err := dn2.Version(name)
		if err != nil {
			fmt.Println(err)
			return
		}
		cases = append(cases, v)
	}
	options := montecarlo.Options{Seed: 1, Replications: 200}
	comparison, err := montecarlo.Compare(context.Background(), cases, "medium", options)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range comparison.Results {
		paid, _ := r.Totals.Of(montecarlo.Payments)
		reached, _ := r.Probabilities.Of(montecarlo.CapReached)
		fmt.Printf("%-6s  central £%.2fm, mean £%.2fm ± £%.2fm, cap reached in %.0f%% of replications\n",
			r.Version.Name(), paid.Central/1e6, paid.Mean/1e6, *paid.StdErr/1e6, 100*reached.Probability)
	}
	gain, _ := comparison.Differences[0].Totals.Of(montecarlo.Avoided)
	fmt.Printf("high avoids £%.0fm more, exactly £%.1fm in expectation\n", gain.Mean/1e6, gain.Central/1e6)
	// Output:
	// medium  central £6.54m, mean £6.58m ± £0.09m, cap reached in 3% of replications
	// high    central £9.12m, mean £8.59m ± £0.06m, cap reached in 52% of replications
	// high avoids £11m more, exactly £11.0m in expectation
}

// A range over chance and rates, what chance alone gives, and how much of the variance
// is due to the rates. Share and chance need no second run.
func ExampleSummary() {
	d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template())) // some of whose inputs have ranges
	if err != nil {
		fmt.Println(err)
		return
	}
	medium, err := d.Version("medium")
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := montecarlo.Run(context.Background(), medium, montecarlo.Options{Seed: 1, Replications: 400, Quantiles: []float64{0.05, 0.95}, TotalsOnly: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	net, _ := result.Totals.Of(montecarlo.NetPublic)
	fmt.Printf("%d uncertain inputs\n", result.Conventions.Uncertain)
	fmt.Printf("over chance and rates: £%.1fm to £%.1fm\n", net.Quantiles[0].Value/1e6, net.Quantiles[1].Value/1e6)
	fmt.Printf("chance alone: £%.1fm to £%.1fm\n", net.Rates.Chance[0].Value/1e6, net.Rates.Chance[1].Value/1e6)
	fmt.Printf("share of the variance that is rates: %.0f%%\n", 100*net.Rates.Share)
	// Output:
	// 4 uncertain inputs
	// over chance and rates: £1.8m to £5.5m
	// chance alone: £2.0m to £5.0m
	// share of the variance that is rates: 37%
}
