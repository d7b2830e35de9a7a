// Command decisions is a commissioner's afternoon with the DN2 Children's Services Social
// Impact Bond, in its medium case: what prices Derby can afford, which assumption decides,
// why the low case is worse, and whether an evaluation would be worth its price.
//
//	go run ./examples/decisions
package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func main() {
	if err := decisions(os.Stdout, 2000); err != nil {
		log.Fatal(err)
	}
}

func decisions(out io.Writer, replications int) error {
	ctx, options := context.Background(), sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: replications}}
	dn2, err := scenario.Open("dn2")
	if err != nil {
		return err
	}
	medium, err := dn2.Version("medium")
	if err != nil {
		return err
	}

	// By what may all tariffs be multiplied, so that Derby saves cash with a chance of 70%?
	goal, err := sensitivity.ReadGoal("cashable saving less own payments, Derby, above £0 with at least 70%")
	if err != nil {
		return err
	}
	tariffs, err := sensitivity.ReadUnknown(medium, "tariffs")
	if err != nil {
		return err
	}
	solved, err := sensitivity.Solve(ctx, medium, goal, tariffs, options)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Today the chance that Derby saves cash is %.0f%%.\n", 100**solved.Today.Figure)
	for _, answer := range solved.Answers {
		fmt.Fprintf(out, "It is at least 70%% with tariffs up to %s; another seed gives %.1f%% there.\n", tariffs.Text(answer.Value), 100**answer.Check.Figure)
	}

	// Which assumption decides what Derby saves?
	saving, err := montecarlo.ReadKey("gross avoided cost, Derby")
	if err != nil {
		return err
	}
	indexed, err := sensitivity.Indices(ctx, medium, saving, sensitivity.Options{Run: montecarlo.Options{Seed: 1, Replications: replications / 4}})
	if err != nil {
		return err
	}
	for _, index := range indexed.Indices[:3] {
		fmt.Fprintf(out, "%.0f%% of what is not known of Derby's avoided cost: %s\n", 100*index.Total.Value, index.Name())
	}

	// Why is the low case so much worse for Derby?
	low, err := dn2.Version("low")
	if err != nil {
		return err
	}
	own, err := montecarlo.ReadKey("net saving, Derby")
	if err != nil {
		return err
	}
	bridged, err := sensitivity.Bridge(ctx, medium, low, contract.Constant, own, nil, 0)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Derby's net saving is £%v in the medium case, and in the low one £%v:\n", bridged.Start.Total, bridged.End.Total)
	for _, group := range bridged.Groups {
		fmt.Fprintf(out, "  %-40s £%v\n", group.Name, group.Total)
	}

	// Would an evaluation be worth its price?
	study := sensitivity.Study{Children: 200, Weeks: 52, Cost: decimal.NewFromInt(60_000)}
	for _, council := range []string{"Derby", ""} { // empty: the public purse
		valued, err := sensitivity.Value(ctx, medium, sensitivity.Valuing{Council: council, Studies: []sensitivity.Study{study}, Run: options.Run})
		if err != nil {
			return err
		}
		run, worth := valued.Cash.Options[1], valued.Cash.Studies[0]
		fmt.Fprintf(out, "For %s, in cash, running is worth £%.0f and is best with a chance of %.0f%%; a study of %s at £%v is worth £%.0f.\n",
			cmp.Or(council, "the public purse"), run.Payoff, 100*run.Best, study, study.Cost, worth.Value)
	}
	return nil
}
