package model

// LeftCare is the state into which everyone passes on the 18th birthday. Every
// programme has it; it cannot be left.
const LeftCare = "left care"

// DefaultStates are the five states of a programme that names no others.
func DefaultStates() []State {
	return []State{
		{Name: "edge of care"},
		{Name: "foster"},
		{Name: "residential"},
		{Name: "reunified"},
		{Name: LeftCare},
	}
}

// State is a place where a child can live for a week.
type State struct {
	Name string `json:"name"`
	// Parent is the state that this one is a special case of: it is costed
	// and reported as its parent unless priced apart, and moves as its
	// parent does once tracking has ended. Only planned states have one.
	Parent string `json:"parent,omitempty"`
}
