// Command uncertainty runs the medium case of the DN2 Children's Services Social
// Impact Bond over what its file says of how well its inputs are known, and with a
// count of one's own in place of one of them. It says how much of what is not known
// about the net public saving is chance in children's lives, how much is the rates, and
// on which inputs it rests. The count is illustrative, not evidence.
//
//	go run ./examples/uncertainty
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func main() {
	if err := uncertainty(os.Stdout, montecarlo.Options{Seed: 1, Replications: 2000}); err != nil {
		log.Fatal(err)
	}
}

func uncertainty(out io.Writer, runs montecarlo.Options) error {
	ctx := context.Background()
	dn2, err := scenario.Open("dn2") // or scenario.Read(name, file), with ranges in the file
	if err != nil {
		return err
	}
	// A count says itself how well it is known: 24 of 32 is Beta(24, 8).
	medium, err := dn2.Version("medium", scenario.Set("cohorts.step-down.start probability", "24 of 32"))
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "What is uncertain:")
	for _, u := range medium.Programme.Uncertain {
		fmt.Fprintf(out, "  %s, %s: %s\n", u.Path, u.Said, u.Law)
	}

	// One draw of the inputs in each replication, shared by both arms; and once more
	// at the stated rates.
	both, err := montecarlo.Run(ctx, medium, runs)
	if err != nil {
		return err
	}
	runs.FixedRates = true
	fixed, err := montecarlo.Run(ctx, medium, runs)
	if err != nil {
		return err
	}
	net, _ := both.Totals.Of(montecarlo.NetPublic)
	saves, _ := both.Probabilities.Of(montecarlo.CashableSaves)
	atTheseRates, _ := fixed.Probabilities.Of(montecarlo.CashableSaves)
	last := len(net.Quantiles) - 1
	fmt.Fprintf(out, "Net public saving in £m, 5%% to 95%% over chance and rates: %.1f to %.1f\n", net.Quantiles[0].Value/1e6, net.Quantiles[last].Value/1e6)
	fmt.Fprintf(out, "  chance alone: %.1f to %.1f\n", net.Rates.Chance[0].Value/1e6, net.Rates.Chance[last].Value/1e6)
	fmt.Fprintf(out, "  share of the variance that is rates: %.0f%% ± %.0f%%\n", 100*net.Rates.Share, 100*net.Rates.StdErr)
	fmt.Fprintf(out, "Probability that the cashable part is more than all payments: %.0f%%, at these rates %.0f%%\n", 100*saves.Probability, 100*atTheseRates.Probability)

	// What it rests on: rank correlations from the same draws, without another run.
	influences, err := both.Influences(ctx, montecarlo.NetPublic)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "The net public saving goes most with, by rank correlation:")
	for _, one := range influences[:min(5, len(influences))] {
		fmt.Fprintf(out, "  %s: %.2f\n", one.Input.Path, one.RankCorrelation)
	}
	return nil
}
