package sensitivity_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// How large the facility of the template's invented programme must be, and what
// the public saves if residential care costs less or more than stated: at the stated
// rates, so that chance in children's lives is all that varies.
func Example() {
	d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
	if err != nil {
		log.Fatal(err)
	}
	ctx, runs := context.Background(), montecarlo.Options{Replications: 200, FixedRates: true}
	version, err := d.Version("")
	if err != nil {
		log.Fatal(err)
	}
	size, err := sensitivity.Size(ctx, version, 0.95, runs)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("committed today: £%.0fk\n", *size.Commitment/1000)
	fmt.Printf("needed for 95%% confidence: £%.0fk if receipts are recycled\n", size.Recycled.Facility/1000)

	for _, driver := range sensitivity.Drivers(d) {
		if driver.Name != sensitivity.ResidentialCost {
			continue
		}
		curve, err := sensitivity.Curve(ctx, version, driver, []float64{0.5, 1, 1.5}, sensitivity.Options{Run: runs})
		if err != nil {
			log.Fatal(err)
		}
		for _, point := range curve.Points {
			fmt.Printf("%s at %s: the public saves £%.1fm\n", driver.Name, driver.Text(point.Value), point.NetPublic.Mean/1e6)
		}
	}
	// Output:
	// committed today: £250k
	// needed for 95% confidence: £219k if receipts are recycled
	// cost of residential care at × 0.5: the public saves £1.0m
	// cost of residential care at × 1: the public saves £3.6m
	// cost of residential care at × 1.5: the public saves £6.3m
}

// What three stresses do to the surplus of the template's invented programme.
func ExampleStress() {
	d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
	if err != nil {
		log.Fatal(err)
	}
	version, err := d.Version("")
	if err != nil {
		log.Fatal(err)
	}
	names := []string{"start seven months late", "referrals down 20%", "delivery cost 20% higher"}
	s, err := sensitivity.Stress(context.Background(), version, names, sensitivity.Options{Run: montecarlo.Options{Replications: 200}})
	if err != nil {
		log.Fatal(err)
	}
	for _, one := range s.WorstFirst(sensitivity.BySurplus) {
		fmt.Printf("%s: £%.0fk less\n", one.Name, -one.SurplusChange.Mean/1000)
	}
	// Output:
	// delivery cost 20% higher: £138k less
	// referrals down 20%: £109k less
	// start seven months late: £16k less
}

// How much more delivery may cost before the facility is as likely as not to be
// too small.
func ExampleReverse() {
	dn2, err := scenario.Open("dn2")
	if err != nil {
		log.Fatal(err)
	}
	cost := sensitivity.Driver{
		Name: "fixed cost", Unit: "×", From: 0.5, To: 2, Neutral: 1, Step: 0.01,
		Changes: []sensitivity.Change{{Path: "delivery.fixed per quarter", Does: sensitivity.Multiply}},
	}
	medium, err := dn2.Version("medium",
		scenario.Set("delivery", "{fixed per quarter: 120000, per case week: 100, claims paid after: 30 days}"),
		scenario.Set("facility.investors", "{First Investor: 1000000}"))
	if err != nil {
		log.Fatal(err)
	}
	o := sensitivity.Options{Run: montecarlo.Options{Replications: 100}}
	r, err := sensitivity.Reverse(context.Background(), medium, []sensitivity.Driver{cost}, montecarlo.FacilityShort, 0.5, o)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Answers[0].Text)
	// Output:
	// fixed cost: the probability of "facility is not enough" is <3% at × 1 and reaches 50% at × 1.5 (53% ± 5%)
}

// Which input the public's saving depends on most, if everything goes as expected.
func ExampleTornado() {
	d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
	if err != nil {
		log.Fatal(err)
	}
	version, err := d.Version("")
	if err != nil {
		log.Fatal(err)
	}
	t, err := sensitivity.Tornado(version, contract.Constant, nil, montecarlo.NetPublic)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: £%.0fk\n", t.Measure, t.Central/1000)
	for _, bar := range t.Bars[:3] {
		fmt.Printf("%s: £%.0fk at %s, £%.0fk at %s\n", bar.Name, bar.Low/1000, bar.LowLabel, bar.High/1000, bar.HighLabel)
	}
	// Output:
	// net public saving: £3470k
	// cost of residential care: £2201k at × 0.75, £4740k at × 1.25
	// referrals: £2776k at 52 children, £4165k at 77 children
	// start probability: £2776k at × 0.8, £4085k at × 1.2, at most 1
}
