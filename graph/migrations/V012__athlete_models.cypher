// One node says which version of the nightly model of athletes is in use.
CREATE CONSTRAINT model_name IF NOT EXISTS
FOR (model:Model) REQUIRE model.name IS UNIQUE;
