package scenario_test

import (
	"bytes"
	"fmt"
	"log"
	"strings"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// The bidder's cautious case of DN2, with placements that start later.
func Example() {
	dn2, err := scenario.Open("dn2")
	if err != nil {
		log.Fatal(err)
	}
	version, err := dn2.Version("low", scenario.Set("cohorts.*.lag", "30 weeks"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(version.Programme.Title)
	fmt.Println(version.Phrase())
	// Output:
	// DN2 Children's Services Social Impact Bond
	// the low case with cohorts.*.lag=30 weeks
}

// A file with mistakes is refused with all of them, each with its place.
func ExampleRead() {
	file := string(scenario.Template())
	file = strings.Replace(file, "lag: 26 weeks", "lag: 26 days", 1)
	file = strings.Replace(file, "tariff: 500", "tarif: £500", 1)
	_, err := scenario.Read("my.yaml", strings.NewReader(file))
	for _, fault := range scenario.Faults(err) {
		fmt.Printf("%s: %s\n", fault.Path, fault.Problem)
	}
	// Output:
	// cohorts.step-down.lag: "26 days" is not in weeks: write a whole number of weeks, such as 26 or 26 weeks
	// metrics.M1 step-down.tarif: there is no setting called "tarif": did you mean "tariff"?
}

// A version is a case with variants, stresses and edits on top. It lists every
// setting that they changed.
func ExampleDocument_Version() {
	dn2, err := scenario.Open("dn2")
	if err != nil {
		log.Fatal(err)
	}
	version, err := dn2.Version("base + low cost of support at home + referrals down 20% + {unit costs.residential=5200}")
	if err != nil {
		log.Fatal(err)
	}
	for _, layer := range version.Layers {
		fmt.Printf("%s: %s\n", layer.Kind, layer.Name)
	}
	for _, change := range version.Changes {
		if change.By != "base" {
			fmt.Printf("%s: %s, before %s\n", change.Path, change.After, change.Before)
		}
	}
	// Output:
	// variant: low cost of support at home
	// stress: referrals down 20%
	// edit: unit costs.residential=5200
	// unit costs.edge of care: 50, before 100
	// unit costs.reunified: 50, before 100
	// cohorts.step-down.referrals.children: 42.768, before 53.46
	// cohorts.foster stability.referrals.children: 73.872, before 92.34
	// cohorts.reunification.referrals.children: 33.048, before 41.31
	// cohorts.edge of care.referrals.children: 44.712, before 55.89
	// unit costs.residential: 5200, before 4000
}

// A mistyped name is an error that lists the names there are.
func ExampleDocument_Version_mistyped() {
	d, err := scenario.Read("template.yaml", strings.NewReader(string(scenario.Template())))
	if err != nil {
		log.Fatal(err)
	}
	_, err = d.Version("midium")
	fmt.Println(err)
	_, err = d.Version("medium + {contract cap=none")
	fmt.Println(err)
	// Output:
	// there is no case called "midium": did you mean "medium"? The cases are "medium", "low" and "high"
	// version "medium + {contract cap=none": a brace is not closed: write an edit as {path=value}
}

// Versions in a list are separated by commas. A comma inside braces or quotation
// marks is part of a version.
func ExampleSplitVersions() {
	versions, err := scenario.SplitVersions(`low, medium + flat tariffs, "base, revised" + {delivery.fees={audit: 5000, legal: 2000}}`)
	if err != nil {
		log.Fatal(err)
	}
	for _, version := range versions {
		fmt.Println(version)
	}
	// Output:
	// low
	// medium + flat tariffs
	// "base, revised" + {delivery.fees={audit: 5000, legal: 2000}}
}

// The stresses of a programme are those of its file and the common ones that fit.
func ExampleDocument_Stresses() {
	d, err := scenario.Read("template.yaml", strings.NewReader(string(scenario.Template())))
	if err != nil {
		log.Fatal(err)
	}
	for _, stress := range d.Stresses()[:4] {
		fmt.Println(stress.Name)
	}
	// Output:
	// referrals pause for half a year
	// wage settlement
	// start seven months late
	// start 29 months late
}

// An edit on top of a case: what it changed stands in the register.
func ExampleParseEdit() {
	d, err := scenario.Read("template.yaml", strings.NewReader(string(scenario.Template())))
	if err != nil {
		log.Fatal(err)
	}
	fewer, err := scenario.ParseEdit("cohorts.*.referrals.children *= 0.8")
	if err != nil {
		log.Fatal(err)
	}
	version, err := d.Version("medium", fewer)
	if err != nil {
		log.Fatal(err)
	}
	for _, input := range version.Programme.Register {
		if input.By != "" {
			fmt.Println(input.Path, "=", input.Value, "("+input.Note+")")
		}
	}
	// Output:
	// cohorts.step-down.referrals.children = 32 (0.8 × 40)
	// cohorts.reunification.referrals.children = 19.6 (0.8 × 24.5)
}

// Investors are repaid seven months later, and costs grow.
func ExamplePlus() {
	d, err := scenario.Read("template.yaml", strings.NewReader(string(scenario.Template())))
	if err != nil {
		log.Fatal(err)
	}
	version, err := d.Version("medium", scenario.Plus("facility.repay from", "7 months"), scenario.Plus("delivery.uplift", "3%"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(version.Name())
	fmt.Println(version.Programme.Facility.RepayFrom, version.Programme.Delivery.Uplift)
	// Output:
	// medium + {facility.repay from+=7 months} + {delivery.uplift+=3%}
	// 2028-11-01 0.03
}

// How well each number is known is data: where it stands, what the file says, and the
// law that draws are from. A draw is the programme with other values.
func ExampleVersion_Drawer() {
	d, err := scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
	if err != nil {
		log.Fatal(err)
	}
	version, err := d.Version("medium")
	if err != nil {
		log.Fatal(err)
	}
	for _, u := range version.Programme.Uncertain {
		fmt.Printf("%s: %s, drawn from %s\n", u.Path, u.Said, u.Law)
	}
	drawer, err := version.Drawer()
	if err != nil {
		log.Fatal(err)
	}
	drawn, err := drawer.Draw([]float64{0.5, 0.95, 0.5, 0.5}) // quantiles, one for each input
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("start probability: %.2f stated, %.2f drawn\n", version.Programme.Cohorts[0].StartProbability, drawn.Programme.Cohorts[0].StartProbability)
	// Output:
	// cohorts.step-down.referrals.children: range: 32 to 49, drawn from Gamma, mean 40, 90% from 31.9 to 48.9
	// cohorts.step-down.start probability: 18 of 30, drawn from Beta(18, 12)
	// cohorts.step-down.failure.hazard: range: 0.005 to 0.0117, drawn from LogNormal, mean 0.008, 90% from 0.00506 to 0.0118
	// unit costs.foster: range: 880 to 1130, drawn from Gamma, mean 1,000, 90% from 878 to 1,130
	// start probability: 0.60 stated, 0.74 drawn
}
