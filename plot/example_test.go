package plot_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Draw the range of payments for DN2, with a finding as the title.
func Example() {
	dn2, err := scenario.Open("dn2")
	if err != nil {
		log.Fatal(err)
	}
	medium, err := dn2.Version("medium")
	if err != nil {
		log.Fatal(err)
	}
	result, err := montecarlo.Run(context.Background(), medium, montecarlo.Options{Seed: 1, Replications: 500})
	if err != nil {
		log.Fatal(err)
	}
	figure, err := plot.CumulativePayments(result)
	if err != nil {
		log.Fatal(err)
	}
	figure.Title = "In the medium case payments stay well below the cap"
	var drawing bytes.Buffer // or a file, or an http.ResponseWriter
	if err := figure.Write(&drawing, plot.SVG); err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Subtitle)
	fmt.Println(figure.Note)
	// Output:
	// Cumulative outcome payments, £: median and ranges of 50%, 80% and 95%; ranges cover chance and rates
	// Nottinghamshire, Nottingham and Derby, October 2020 to September 2026; model in constant 2022/23 prices, rest as published; the medium case
	// DN2 Children's Services Social Impact Bond. Simulated: 500 replications over chance and rates, seed 1, constant 2022/23 prices; each range is for one quarter, not the path of one replication. Published figures: INDIGO May 2025 and INDIGO December 2025. Assumed, not published: tariffs; moves without the programme; numbers of referrals; some ages at referral; lags and start probabilities; failure rates of placements.
}

// Write where children live with and without the programme as a table.
func ExampleFigure_Write() {
	dn2, err := scenario.Open("dn2")
	if err != nil {
		log.Fatal(err)
	}
	base, err := dn2.Version("base")
	if err != nil {
		log.Fatal(err)
	}
	projection, err := montecarlo.Central(base, contract.Constant)
	if err != nil {
		log.Fatal(err)
	}
	figure, err := plot.Occupancy("step-down", projection)
	if err != nil {
		log.Fatal(err)
	}
	figure.Rows = figure.Rows[:3]
	var table bytes.Buffer
	if err := figure.Write(&table, plot.CSV); err != nil {
		log.Fatal(err)
	}
	fmt.Print(table.String())
	// Output:
	// arm,week since referral,state,share
	// counterfactual,0,residential,1
	// counterfactual,0,foster,0
	// counterfactual,0,edge of care,0
}

// Write charts for a page: their letters are embedded once, and a label is added.
func ExampleFontStyle() {
	dn2, err := scenario.Open("dn2")
	if err != nil {
		log.Fatal(err)
	}
	base, err := dn2.Version("base")
	if err != nil {
		log.Fatal(err)
	}
	figure, err := plot.PublishedPayments(base.Programme)
	if err != nil {
		log.Fatal(err)
	}
	if err := figure.PlaceLabel(0, 15, 394_000, "Latest published", plot.Lettering(9, plot.Colours().Ink)); err != nil {
		log.Fatal(err)
	}
	style, err := plot.FontStyle(figure)
	if err != nil {
		log.Fatal(err)
	}
	var page bytes.Buffer
	fmt.Fprintf(&page, "<style>%s</style>", style)
	if err := figure.WriteLive(&page); err != nil {
		log.Fatal(err)
	}
	fmt.Println(figure.Title)
	fmt.Println(figure.Additions)
	fmt.Println(page.Len() < 50_000)
	// Output:
	// £4.09m was paid in the quarters of plan 1, 60% of the £6.86m planned
	// [Latest published]
	// true
}
