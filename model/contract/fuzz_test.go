package contract_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// Whatever is read as a metric is one that is written and read again as it is, and
// whose trigger can be checked.
func FuzzReadMetric(f *testing.F) {
	for _, kind := range contract.TriggerKinds() {
		trigger, _ := contract.NewTrigger(kind)
		text, err := json.Marshal(contract.Metric{Name: "M1", Cohorts: []string{"a"}, Trigger: trigger})
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(`{"name":"M","tariff":{"amount":"1e99"},"trigger":{"kind":"days","terms":null}}`))
	f.Add([]byte(`{"trigger":{"kind":"milestones","terms":{"weeks":[3,1],"months":[9223372036854775807]}},"deadweight":"0.5"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var m contract.Metric
		if json.Unmarshal(text, &m) != nil {
			require.Zero(t, m)
			return
		}
		if m.Trigger != nil {
			_ = m.Trigger.Definition().Validate()
		}
		written, err := json.Marshal(m)
		if err != nil {
			return // a word that no trigger has
		}
		var again contract.Metric
		require.NoError(t, json.Unmarshal(written, &again))
		twice, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(written), string(twice))
	})
}

// Whatever is read as a ledger has every cell that its shape names.
func FuzzReadLedger(f *testing.F) {
	shape := &contract.Shape{
		Quarters: []calendar.Quarter{calendar.NewQuarter(2026, 2), calendar.NewQuarter(2026, 3)}, Commissioners: []string{"N"},
		Cohorts: []string{"c"}, States: []string{"s", "t"}, Metrics: []string{"m"},
	}
	ledger := contract.NewLedger(shape, []string{"Fund", "N"})
	text, err := json.Marshal(ledger)
	require.NoError(f, err)
	f.Add(text)
	ledger.Independent = contract.NewLedger(shape, ledger.Payers)
	text, err = json.Marshal(ledger)
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte(`{"shape":{"quarters":[]},"payers":null}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var l contract.Ledger
		if json.Unmarshal(text, &l) != nil {
			require.Zero(t, l)
			return
		}
		s := l.Shape
		for c := range s.Commissioners {
			for m := range s.Metrics {
				require.Len(t, l.AllowedOf(m, c), len(s.Quarters))
			}
			for p := range l.Payers {
				require.Len(t, l.PaymentsOf(p, c), len(s.Quarters))
			}
			for k := range s.Cohorts {
				require.Len(t, l.CashableOf(k, c), len(s.Quarters))
				require.Len(t, l.CostsOf(contract.AfterTracking, contract.Intervention, k, c), len(s.Quarters))
			}
		}
	})
}
