package contract_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Every enumeration is written as words and read back, and an error lists the
// words that are allowed.
func TestWords(t *testing.T) {
	words(t, "interruption", "ends, pauses", contract.Ends, contract.Pauses)
	require.Equal(t, "pauses", contract.Pauses.String())
	require.Equal(t, "unknown (7)", contract.Interruption(7).String())
	words(t, "consequence", "commissioner pays, stop, others pay", contract.CommissionerPays, contract.Stop, contract.OthersPay)
}

func words[E interface {
	~int
	encoding.TextMarshaler
}, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, what, allowed string, all ...E) {
	t.Helper()
	words := strings.Split(allowed, ", ")
	for i, e := range all {
		text, err := e.MarshalText()
		require.NoError(t, err)
		require.Equal(t, words[i], string(text))
		var back E
		require.NoError(t, P(&back).UnmarshalText(text))
		require.Equal(t, e, back)
	}
	_, err := E(len(all)).MarshalText()
	require.EqualError(t, err, fmt.Sprintf("there is no %s with the number %d: there are %s", what, len(all), allowed))
	back := all[1]
	require.EqualError(t, P(&back).UnmarshalText([]byte("perhaps")), "there is no "+what+` called "perhaps": write one of `+allowed)
	require.Equal(t, all[1], back, "after an error it is as it was")
}

// Terms marshal with names like those of a programme file.
func TestTermsAsJSON(t *testing.T) {
	terms := contract.Terms{
		Metrics: []contract.Metric{{
			Name: "M1", Cohorts: []string{"step-down"}, Trigger: &contract.FullWeeks{Window: 104, CapPerChild: 100},
			Tariff: contract.Tariff{Amount: pounds("401.10"), ByCommissioner: amounts{derby: pounds("305")}},
			Cap:    contract.MetricCap{Units: capped("8840")}, TargetUnits: 8840,
			Commissioners: []string{derby}, Ages: contract.AgeRange{From: 8, To: 16}, AgreedDeadweight: pounds("0.33"),
		}},
		Cap:      capped("9123323"),
		YearCaps: []contract.YearCap{{Amount: pounds("250000")}, {Year: 2021, Amount: pounds("300000")}},
		Grants:   grants(map[string]string{"Q1 2020/21": "161510"}),
		Payers: []contract.Payer{
			{Name: "Fund", Shares: []contract.DatedShare{{Share: pounds("0.275")}, from("2024-10-01", "0")}, Cap: capped("2508914"), Then: contract.Stop},
		},
	}
	text, err := json.Marshal(terms)
	require.NoError(t, err)
	require.JSONEq(t, `{
		"metrics": [{
			"name": "M1", "cohorts": ["step-down"],
			"trigger": {"kind": "full weeks", "terms": {"first_payable_week": 0, "window": 104, "cap_per_child": 100, "interruption": "ends"}},
			"tariff": {"amount": "401.1", "by_commissioner": {"Derby": "305"}},
			"cap": {"units": "8840"}, "target_units": 8840,
			"commissioners": ["Derby"], "ages": {"from": 8, "to": 16}, "deadweight": "0.33"
		}],
		"cap": "9123323",
		"year_caps": [{"amount": "250000"}, {"year": "2021/22", "amount": "300000"}],
		"grants": [{"quarter": "Q1 2020/21", "amount": "161510"}],
		"payers": [{
			"name": "Fund", "shares": [{"share": "0.275"}, {"from": "2024-10-01", "share": "0"}], "cap": "2508914", "then": "stop"
		}]
	}`, string(text))

	var back contract.Terms
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, terms.Metrics[0].Trigger, back.Metrics[0].Trigger)
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.JSONEq(t, string(text), string(again))

	text, err = json.Marshal(contract.Metric{Name: "M2"})
	require.NoError(t, err)
	require.JSONEq(t, `{"name": "M2", "cohorts": null, "trigger": null, "tariff": {"amount": "0"}}`, string(text))
	metric := contract.Metric{Trigger: &contract.Days{}} // what is not in the text is not kept
	require.NoError(t, json.Unmarshal(text, &metric))
	require.Equal(t, "M2", metric.Name)
	require.Nil(t, metric.Trigger)

	text, err = json.Marshal(contract.Care{
		UnitCosts: []contract.UnitCost{{State: "foster", PerWeek: pounds("1000")}, {State: "foster", Commissioner: derby, Year: 2022, PerWeek: pounds("900.5"), Growth: pounds("0.073")}},
		Cashable:  amounts{"step-down": pounds("0.8")},
	})
	require.NoError(t, err)
	require.JSONEq(t, `{
		"unit_costs": [{"state": "foster", "per_week": "1000"}, {"state": "foster", "commissioner": "Derby", "year": "2022/23", "per_week": "900.5", "growth": "0.073"}],
		"cashable": {"step-down": "0.8"}
	}`, string(text))
}

// Counts and ledgers come back from JSON as they went.
func TestCountsAndLedgerAsJSON(t *testing.T) {
	pricer, tally := dn2Sized(t)
	ledger := pricer.NewLedger()
	contract.Price(pricer, tally, ledger)
	tally.Rules = contract.Rules{"states": "0123"}

	text, err := json.Marshal(tally)
	require.NoError(t, err)
	var counts contract.Tally
	require.NoError(t, json.Unmarshal(text, &counts))
	require.Equal(t, tally, &counts)

	text, err = json.Marshal(ledger)
	require.NoError(t, err)
	var again contract.Ledger
	require.NoError(t, json.Unmarshal(text, &again))
	require.Equal(t, ledger, &again)
}

// Every trigger comes back from JSON under any terms.
func TestTriggersAsJSON(t *testing.T) {
	for _, kind := range contract.TriggerKinds() {
		t.Run(kind, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				metric := contract.Metric{Name: "M1", Cohorts: []string{"step-down"}, Trigger: drawTrigger(t, kind)}
				text, err := json.Marshal(metric)
				require.NoError(t, err)
				var back contract.Metric
				require.NoError(t, json.Unmarshal(text, &back))
				require.Equal(t, metric.Trigger, back.Trigger)
			})
		})
	}
}

func TestMetricsThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		`{"name": "M1", "trigger": {"kind": "full moons", "terms": {}}}`: `metric "M1": trigger: there is no kind of trigger called "full moons": ` +
			`write one of "calendar months", "days", "engagement", "full weeks", "milestones", "status averted", "status on a date"`,
		`{"name": "M1", "trigger": {"kind": "days", "terms": {"interruption": "perhaps"}}}`: `metric "M1": trigger: there is no interruption called "perhaps": write one of ends, pauses`,
		`{"name": "M1", "trigger": {"kind": "days"}}`:                                       `metric "M1": trigger: unexpected end of JSON input`,
	} {
		metric := contract.Metric{Name: "before"}
		require.EqualError(t, json.Unmarshal([]byte(text), &metric), want)
		require.Equal(t, contract.Metric{Name: "before"}, metric, "after an error it is as it was")
	}
	require.Error(t, json.Unmarshal([]byte(`{"name": 1}`), &contract.Metric{}))
}

// A ledger from which anything is missing is refused, series by series.
func TestLedgersThatAreNotWhole(t *testing.T) {
	shape := &contract.Shape{
		Quarters: quarters("Q4 2020/21", 2), Commissioners: []string{notts, derby}, Cohorts: []string{"step-down"},
		States: []string{"foster"}, Metrics: []string{"M1"},
	}
	whole := contract.NewLedger(shape, []string{"Fund", notts, derby})
	for _, c := range []struct {
		cut  func(*contract.Ledger)
		want string
	}{
		{func(l *contract.Ledger) { l.Shape = nil }, "the ledger has no shape: it must name its quarters, commissioners, cohorts, states and metrics"},
		{func(l *contract.Ledger) { l.Claims = l.Claims[1:] }, "claims of the ledger: there are 3 amounts, and its shape has 4"},
		{func(l *contract.Ledger) { l.Grants = nil }, "grants of the ledger: there are 0 amounts, and its shape has 2"},
		{func(l *contract.Ledger) { l.Allowed = append(l.Allowed, 1) }, "allowed of the ledger: there are 5 amounts, and its shape has 4"},
		{func(l *contract.Ledger) { l.Payers = l.Payers[1:] }, "payments of the ledger: there are 12 amounts, and its shape has 8"},
		{func(l *contract.Ledger) { l.Costs = l.Costs[2:] }, "costs of the ledger: there are 14 amounts, and its shape has 16"},
		{func(l *contract.Ledger) { l.Cashable = l.Cashable[2:] }, "cashable of the ledger: there are 2 amounts, and its shape has 4"},
	} {
		part := *whole
		c.cut(&part)
		text, err := json.Marshal(part)
		require.NoError(t, err)
		back := contract.Ledger{Payers: []string{"before"}}
		require.EqualError(t, json.Unmarshal(text, &back), c.want)
		require.Equal(t, contract.Ledger{Payers: []string{"before"}}, back)
	}
	require.Error(t, json.Unmarshal([]byte(`{"claims": 1}`), &contract.Ledger{}))
}
