// Package garbage says how seldom memory is collected.
package garbage

import "runtime"

// room is how much memory may be used up before any is collected, in bytes, where
// little of it is in use. The Go runtime's own figure is 4 MB, which reading one
// programme file uses up.
const room = 64 << 20

// Seldom does something, and returns what it returns. While it lasts, the garbage
// collector counts a block of memory as in use that nobody has written to, which takes
// no memory, and so waits until as much is used again: short commands take a quarter
// less time. What is large is collected as ever.
func Seldom(do func() int) int {
	block := make([]byte, room)
	code := do()
	runtime.KeepAlive(block)
	return code
}
