package contract

import (
	"encoding/json"
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/missing"
)

// triggerJSON is how a trigger is written: {"kind": "full weeks", "terms": {…}}.
type triggerJSON struct {
	Kind  string          `json:"kind"`
	Terms json.RawMessage `json:"terms"`
}

// MarshalJSON writes the metric with its trigger as kind and terms.
func (m Metric) MarshalJSON() ([]byte, error) {
	type fields Metric
	out := struct {
		fields
		Trigger *triggerJSON `json:"trigger"`
	}{fields: fields(m)}
	if !missing.From(m.Trigger) {
		terms, err := json.Marshal(m.Trigger)
		if err != nil {
			return nil, err
		}
		out.Trigger = &triggerJSON{Kind: m.Trigger.Definition().Kind, Terms: terms}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes. A kind of trigger that there is
// not is an error that lists those there are. After an error m is as it was.
func (m *Metric) UnmarshalJSON(text []byte) error {
	type fields Metric
	var in struct {
		fields
		Trigger *triggerJSON `json:"trigger"`
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if in.Trigger != nil {
		trigger, ok := NewTrigger(in.Trigger.Kind)
		if !ok {
			return fmt.Errorf("metric %q: %w", in.Name, known("trigger", "kind of trigger", in.Trigger.Kind, TriggerKinds()))
		}
		if err := json.Unmarshal(in.Trigger.Terms, trigger); err != nil {
			return fmt.Errorf("metric %q: trigger: %w", in.Name, err)
		}
		in.fields.Trigger = trigger
	}
	*m = Metric(in.fields)
	return nil
}
