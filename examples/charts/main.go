// Command charts draws what an evaluator of the DN2 Children's Services Social
// Impact Bond looks at first, with what each chart shows as its title. Titles
// are worked out from the figures, so they stay true when an input changes.
//
//	go run ./examples/charts FOLDER
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("name the folder for the charts: go run ./examples/charts FOLDER")
	}
	if err := charts(os.Args[1], montecarlo.Options{Seed: 1}); err != nil {
		log.Fatal(err)
	}
}

// charts runs the low, medium and high case and writes three charts.
func charts(folder string, o montecarlo.Options) error {
	dn2, err := scenario.Open("dn2") // or scenario.Read(name, file)
	if err != nil {
		return err
	}
	var cases []*scenario.Version
	for _, name := range []string{"low", "medium", "high"} {
		v, err := dn2.Version(name)
		if err != nil {
			return err
		}
		cases = append(cases, v)
	}
	compared, err := montecarlo.Compare(context.Background(), cases, "", o)
	if err != nil {
		return err
	}
	low, medium, high := compared.Results[0], compared.Results[1], compared.Results[2]

	paid, err1 := plot.CumulativePayments(compared.Results...)
	saved, err2 := plot.NetSaving(compared.Results...)
	left, err3 := plot.Waterfall(medium)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	saves, _ := low.Probabilities.Of(montecarlo.Saves)
	paid.Title = fmt.Sprintf("Payments to date are %s in the low case and %s in the high", mean(low, montecarlo.PaymentsToDate), mean(high, montecarlo.PaymentsToDate))
	saved.Title = fmt.Sprintf("In the low case the probability of a public saving is %.0f%%", 100*saves.Probability)
	left.Title = fmt.Sprintf("Medium case: %s is saved after payments, %s in cash", mean(medium, montecarlo.NetPublic), mean(medium, montecarlo.NetCashable))
	// The last panel is the high case; its axes count quarters and £.
	if err := paid.PlaceLabel(2, 15, 4.1e6, "Published to Q2 2024/25", plot.Lettering(9, plot.Colours().Ink)); err != nil {
		return err
	}
	return errors.Join(write(folder, "cumulative-payments", paid), write(folder, "net-saving", saved), write(folder, "waterfall", left))
}

// mean is the mean of a total in £m, with a minus sign before the £.
func mean(r *montecarlo.Result, name string) string {
	total, _ := r.Totals.Of(name)
	return strings.Replace(fmt.Sprintf("£%.2fm", total.Mean/1e6), "£-", "-£", 1)
}

func write(folder, name string, figure *plot.Figure) error {
	file, err := os.Create(filepath.Join(folder, name+".svg"))
	if err != nil {
		return err
	}
	return errors.Join(figure.Write(file, plot.SVG), file.Close())
}
