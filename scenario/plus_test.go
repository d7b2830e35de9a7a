package scenario_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func TestPlusOnDates(t *testing.T) {
	for _, test := range []struct{ from, amount, want string }{
		{"2029-04-01", "7 months", "2029-11-01"},
		{"2029-03-31", "1 month", "2029-04-30"},  // April has 30 days
		{"2029-04-30", "1 month", "2029-05-30"},  // the day of the month stays, not the end of it
		{"2029-08-31", "6 months", "2030-02-28"}, // over the year's end
		{"2027-08-31", "6 months", "2028-02-29"}, // a leap year
		{"2028-02-29", "1 year", "2029-02-28"},
		{"2028-02-29", "4 years", "2032-02-29"},
		{"2029-12-31", "12 months", "2030-12-31"},
		{"2029-12-01", "1 month", "2030-01-01"},
		{"2029-01-31", "-2 months", "2028-11-30"},
		{"2029-01-31", "-11 months", "2028-02-29"},
		{"2029-03-31", "0 months", "2029-03-31"},
		{"2029-03-31", "30 days", "2029-04-30"},
		{"2029-03-31", "-31 days", "2029-02-28"},
		{"2029-03-31", "4 weeks", "2029-04-28"},
	} {
		t.Run(test.from+" "+test.amount, func(t *testing.T) {
			const path = "facility.repay from"
			p := programme(t, scenario.Set(path, test.from), scenario.Plus(path, test.amount))
			assert.Equal(t, test.want, p.Facility.RepayFrom.String())
		})
	}
}

func TestPlusOnNumbers(t *testing.T) {
	for _, test := range []struct{ path, from, amount, want string }{
		{"delivery.claims paid after", "30 days", "91 days", "121 days"},
		{"delivery.claims paid after", "30", "91 days", "121 days"}, // a span of time says what a plain number is
		{"delivery.claims paid after", "30", "91", "121"},
		{"delivery.claims paid after", "30 days", "-29 days", "1 day"},
		{"delivery.uplift", "0%", "10%", "10%"},
		{"delivery.uplift", "{value: 2.5%, status: assumed}", "-1 %", "1.5%"},
		{"delivery.uplift", "0.02", "0.1", "0.12"},
		{"delivery.per start", "1500", "0.75", "1500.75"},
		{"cohorts.step-down.referrals.children", "40", "-2.5", "37.5"},
	} {
		t.Run(test.from+" "+test.amount, func(t *testing.T) {
			p := programme(t, scenario.Set(test.path, test.from), scenario.Plus(test.path, test.amount))
			assert.Equal(t, test.want, input(t, p, test.path).Value)
		})
	}
}

func TestPlusErrors(t *testing.T) {
	for _, test := range []struct{ edit, problem string }{
		{"delivery.claims paid after+=91", `"delivery.claims paid after" is "45 days": add a number in the same unit, as 91 days`},
		{"delivery.claims paid after+=3 months", `"delivery.claims paid after" is "45 days", and "3 months" is in a different unit: use the same unit`},
		{"delivery.uplift+=0.1", `"delivery.uplift" is "0%": add a percentage, 0.1%, or, if 0.1 is a share, 10%`},
		{"delivery.per start+=10%", `"delivery.per start" is 500, which is not a percentage: add a plain number; to change it by 10%, multiply by 1.1`},
		{"delivery.per start+=10 days", `delivery.per start: "510 days" is not an amount in £`},
		{"cohorts.step-down.lag+=30 days", `"cohorts.step-down.lag" is "26 weeks", and "30 days" is in a different unit`},
		{"facility.repay from+=7970 years", "facility.repay from: 9998-04-01 is more than 2 years after the programme ends, on 2031-09-30"},
		{"end+=7", `"end" is the date 2031-09-30: say by how many days, weeks, months or years to move it, as in 7 months`},
		{"end+=7%", `"end" is the date 2031-09-30: say by how many days`},
		{"end+=1.5 months", `"end" is the date 2031-09-30: move it by whole days, weeks, months or years, not by 1.5 months`},
		{"end+=8000 years", `"end" is the date 2031-09-30: there is no date 8000 years from it, because the calendar has the years 1 to 9999`},
		{"end+=99999999999999999999 days", `"end" is the date 2031-09-30: there is no date 99999999999999999999 days from it`},
		{"end+=-25000 months", `"end" is the date 2031-09-30: there is no date -25000 months from it`},
		{"cohorts.step-down.start state+=7", `"cohorts.step-down.start state" is "residential", which is not a number or a date that can be added to`},
		{"facility.draw+=7", `"facility.draw" is "as needed", which is not a number or a date`},
		{"delivery.mobilisation+=7", `"delivery.mobilisation" is not a number or a date that can be added to: name the number in it that you mean (it has "amount" and "months")`},
		{"delivery.fees.evaluation.per quarter+=7", `"delivery.fees.evaluation" has no "per quarter" to add to: it has "once" and "on"; write it in the file first`},
		{"capacity.starts per quarter+=7", `the programme has no "capacity"`},
	} {
		t.Run(test.edit, func(t *testing.T) {
			e, err := scenario.ParseEdit(test.edit)
			require.NoError(t, err)
			_, err = template(t).Version("", e)
			assert.ErrorContains(t, err, test.problem)
			require.Len(t, scenario.Faults(err), 1)
		})
	}
	_, err := template(t).Version("", scenario.Plus("end", "a while"))
	assert.EqualError(t, err, `edit "end+=a while": "a while" cannot be added: write a number, a percentage or a length of time, such as end+=7 months`)
}

// The register says what was added to what, unless the edit has a note of its own.
func TestPlusInTheRegister(t *testing.T) {
	p := programme(t, scenario.Plus("end", "1 year"), scenario.Set("delivery.uplift", "{plus: 3%, status: derived, source: S1, note: wages}"))
	assert.Equal(t, model.Input{Path: "end", Value: "2032-09-30", Note: "2031-09-30 + 1 year", By: "edit"}, input(t, p, "end"))
	assert.Equal(t, model.Input{Path: "delivery.uplift", Value: "3%", Status: model.Derived, Source: "S1", Note: "wages", By: "edit"}, input(t, p, "delivery.uplift"))
}

// Sums are applied one after the other, in a file as in Go.
func TestSumsGoOnFromOneAnother(t *testing.T) {
	text := strings.Replace(string(scenario.Template()), "edits: {delivery.uplift: {plus: 3%}}", "edits: {cohorts.*.lag: {plus: 4 weeks}}", 1)
	d, err := scenario.Read("x.yaml", strings.NewReader(text))
	require.NoError(t, err)
	p := programmeOf(t, d, "+ wage settlement + {cohorts.*.lag*=2}")
	assert.Equal(t, 60, p.Cohorts[0].Lag)
	p = programmeOf(t, d, "+ {cohorts.*.lag*=2} + wage settlement")
	assert.Equal(t, 56, p.Cohorts[0].Lag)
}
