package contract

import "github.com/edgeofcare/edgeofcare/internal/enum"

// Arm is one of the two worlds that a programme is judged by. Arms are
// addressed by name, never by position.
type Arm int

// The two arms.
const (
	Counterfactual Arm = iota // without the programme
	Intervention              // with the programme
	numArms
)

var armNames = []string{"counterfactual", "intervention"}

// Arms lists both arms in the order in which they are stored.
func Arms() []Arm { return []Arm{Counterfactual, Intervention} }

// String returns "counterfactual" or "intervention".
func (a Arm) String() string { return enum.Name(a, armNames) }

// Window divides a child's weeks since referral into those that count towards
// the headline avoided cost and those that count only "if effects persist".
type Window int

// The two windows.
const (
	Tracking      Window = iota // weeks 0 to lag + tracking - 1 since referral
	AfterTracking               // from there to the horizon
	numWindows
)
