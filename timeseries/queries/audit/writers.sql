-- Every writer that has decisions in the trail, or a chain that ends somewhere.
-- in:  nothing
-- out: writer UUID
SELECT writer
FROM decisions
UNION
SELECT writer
FROM audit_heads
ORDER BY writer
