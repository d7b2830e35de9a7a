package sensitivity

import (
	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Event is something that those who pay for a programme, or pay for it in
// advance, do not want to happen.
type Event int

// The events.
const (
	FacilityShort Event = iota // the facility is not enough
	LosesMoney                 // the party of the options gets back less than it paid in
	MissesHurdle               // that party earns less than the hurdle
	SavesNothing               // net public saving is not above zero; needs no delivery terms
)

var eventNames = []string{"facility short", "loses money", "misses hurdle", "saves nothing"}

// String returns the event in words.
func (e Event) String() string { return enum.Name(e, eventNames) }

// MarshalText writes the event in words.
func (e Event) MarshalText() ([]byte, error) { return enum.Marshal(e, eventNames, "event") }

// UnmarshalText reads an event; the error lists the valid words.
func (e *Event) UnmarshalText(text []byte) error {
	return enum.Unmarshal(e, text, eventNames, "event")
}

// of returns the event's probability in a run, with its standard error. What
// befalls somebody befalls the party.
func (e Event) of(r *montecarlo.Result, party string) (probability, standardError float64) {
	var p montecarlo.ProbabilityOf
	switch e {
	case FacilityShort:
		p, _ = r.Probability(montecarlo.FacilityShort, "")
	case LosesMoney:
		p, _ = r.Probability(montecarlo.LosesMoney, party)
	case MissesHurdle:
		p, _ = r.Probability(montecarlo.MissesHurdle, party)
	case SavesNothing:
		p, _ = r.Probability(montecarlo.Saves, "")
		p.Probability = rounded(1 - p.Probability)
	}
	return p.Probability, p.StdErr
}

// concerns tells whether a driver of this package can bear on the event: what care
// costs has no part in what the capital earns, nor what delivery costs in what the
// public saves.
func (e Event) concerns(driver string) bool {
	switch driver {
	case ResidentialCost, ResidentialPrice, FosterCost:
		return e == SavesNothing
	case DeliveryCost, DeliveryGrowth, ClaimsLate:
		return e != SavesNothing
	}
	return true
}
