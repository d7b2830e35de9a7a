package contract_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Every enumeration is written as words and read back, and an error lists the
// words that are allowed.
func TestWords(t *testing.T) {
	words(t, "interruption", "ends, pauses", contract.Ends, contract.Pauses)
	require.Equal(t, "pauses", contract.Pauses.String())
	require.Equal(t, "unknown (7)", contract.Interruption(7).String())
	words(t, "consequence", "commissioner pays, stop", contract.CommissionerPays, contract.Stop)
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
		Grants:   grants(map[string]string{"2020Q2": "161510"}),
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
		"grants": [{"quarter": "2020Q2", "amount": "161510"}],
		"payers": [{
			"name": "Fund", "shares": [{"share": "0.275"}, {"from": "2024-10-01", "share": "0"}], "cap": "2508914", "then": "stop"
		}]
	}`, string(text))

	text, err = json.Marshal(contract.Metric{Name: "M2"})
	require.NoError(t, err)
	require.JSONEq(t, `{"name": "M2", "cohorts": null, "trigger": null, "tariff": {"amount": "0"}}`, string(text))

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
