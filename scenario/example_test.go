package scenario_test

import (
	"errors"
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
	programme, err := dn2.Programme("low", scenario.Set("cohorts.*.lag", "30 weeks"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(programme.Title)
	fmt.Println(programme.Case)
	// Output:
	// DN2 Children's Services Social Impact Bond
	// low, with cohorts.*.lag = 30 weeks
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
	// metrics.M1 step-down.tarif: "tarif" is no setting: did you mean "tariff"?
}

// A mistyped case names those there are.
func ExampleDocument_Programme() {
	d, err := scenario.Read("template.yaml", strings.NewReader(string(scenario.Template())))
	if err != nil {
		log.Fatal(err)
	}
	_, err = d.Programme("midium")
	if unknown, ok := errors.AsType[*scenario.NameError](err); ok {
		fmt.Println(unknown)
	}
	// Output:
	// "midium" is no case: did you mean "medium"? There are "medium", "low", "high"
}

// A stress is put on a case as a variant is.
func ExampleDocument_Stress() {
	dn2, err := scenario.Open("dn2")
	if err != nil {
		log.Fatal(err)
	}
	edits, err := dn2.Stress("referrals down 20%")
	if err != nil {
		log.Fatal(err)
	}
	programme, err := dn2.Programme("medium", edits...)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(programme.Case)
	fmt.Printf("%.1f children\n", programme.Cohorts[0].Referrals.Children)
	// Output:
	// medium, with referrals down 20%
	// 51.6 children
}

// A name with a slip in it is answered with the nearest stress of the programme.
func ExampleDocument_Stresses() {
	d, err := scenario.Read("template.yaml", strings.NewReader(string(scenario.Template())))
	if err != nil {
		log.Fatal(err)
	}
	for _, stress := range d.Stresses()[:4] {
		fmt.Println(stress.Name)
	}
	_, err = d.Stress("start seven month late")
	fmt.Println(strings.Split(err.Error(), " There")[0])
	// Output:
	// referrals pause for half a year
	// wage settlement
	// start seven months late
	// start 29 months late
	// "start seven month late" is no stress: did you mean "start seven months late"?
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
	programme, err := d.Programme("medium", fewer)
	if err != nil {
		log.Fatal(err)
	}
	for _, input := range programme.Register {
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
	programme, err := d.Programme("medium", scenario.Plus("facility.repay from", "7 months"), scenario.Plus("delivery.uplift", "3%"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(programme.Case)
	fmt.Println(programme.Facility.RepayFrom, programme.Delivery.Uplift)
	// Output:
	// medium, with facility.repay from + 7 months and delivery.uplift + 3%
	// 2028-11-01 0.03
}
